/// What `redis-cli MONITOR` prints: `1700000000.123456 [0 10.1.2.3:50000] "KEYS" "*"`. Every command is a line.
struct RedisMonitorParser: LineParser {
    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome {
        let line = line.withoutCarriageReturn
        guard !line.isEmpty, !line.isEqual(to: "OK") else { return .nothing }
        // With an older client the protocol's status sign comes along.
        let start = line[0] == 0x2B ? 1 : 0
        guard let (seconds, stampEnd) = EpochStamp.parse(line, at: start), stampEnd - start >= 12, line.starts(with: " [", at: stampEnd),
            let close = line.find("] \"", from: stampEnd), let space = line.next(0x20, from: stampEnd + 2, to: close)
        else { return .unparsed }
        event.begin(line)
        event.time = seconds
        event.database = Span((stampEnd + 2)..<space)
        let client = line.part((space + 1)..<close)
        if client.isEqual(to: "lua") || client.starts(with: "unix:", at: 0) {
            event.isLocal = true
        } else {
            event.setClient(RedisLogParser.host(client))
        }
        event.session = Span((space + 1)..<close)
        event.statement = Span((close + 2)..<line.count)
        let command = line.part((close + 3)..<(line.next(0x22, from: close + 3) ?? line.count))
        // The server hides the password; how it went isn't said.
        event.action = command.isEqualIgnoringCase(to: "AUTH") ? .login : .query
        return .event
    }
}
