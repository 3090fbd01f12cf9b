import Foundation

/// Finds the `log_line_prefix` of a log that nobody named one for.
enum PostgreSQLPrefixGuess {
    /// Common ones, the special before the general: Debian's (which reads PostgreSQL's own default, too), those of cloud services, pgBadger's, old ones.
    static let common: [PostgreSQLPrefix] = [
        "%m [%p] %q%u@%d ", "%m [%p] ", "%t:%r:%u@%d:[%p]:", "%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:",
        "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
        "%t [%p]: user=%u,db=%d,app=%a,client=%h ", "%t [%p]: [%l-1] user=%u,db=%d,client=%h ", "%t [%p]: [%l-1] user=%u,db=%d ",
        "%m [%p]: [%l-1] db=%d,user=%u ", "%m [%p] %u@%d ", "%m [%p] %q%u@%d/%a ", "%t-%c-", "< %m > ", "%t [%p] %q%u@%d %h ", "%t ",
    ].map { PostgreSQLPrefix($0) }

    static func guess(_ line: UnsafeRawBufferPointer, _ stamp: inout ISOStamp) -> PostgreSQLPrefix? {
        for prefix in common where prefix.match(line, &stamp) != nil { return prefix }
        guard let inferred = infer(line, &stamp), let fields = inferred.match(line, &stamp), fields.time != LogEvent.noTime else { return nil }
        return inferred
    }

    /// Builds a prefix from the parts of one line that tell what they are.
    static func infer(_ line: UnsafeRawBufferPointer, _ stamp: inout ISOStamp) -> PostgreSQLPrefix? {
        guard let end = severityStart(line) else { return nil }
        let prefix = line.part(0..<end)
        var text = ""
        var position = 0
        var hasTime = false
        while position < prefix.count {
            if !hasTime, let (_, next) = stamp.parse(prefix, at: position) {
                (text, position, hasTime) = (text + "%m", next, true)
            } else if !hasTime, prefix[position] &- 0x30 < 10, let (_, next) = EpochStamp.parse(prefix, at: position), next - position >= 13 {
                (text, position, hasTime) = (text + "%n", next, true)
            } else if let (escape, next) = part(prefix, position, hasProcess: text.contains("%p")) {
                (text, position) = (text + escape, next)
            } else {
                text += prefix[position] == 0x25 ? "%%" : String(decoding: [prefix[position]], as: UTF8.self)
                position += 1
            }
        }
        return hasTime ? PostgreSQLPrefix(text) : nil
    }

    /// Where the first severity word stands, within the longest prefix that is believed.
    private static func severityStart(_ line: UnsafeRawBufferPointer) -> Int? {
        let limit = min(line.count, 600)
        for position in 0..<limit where PostgreSQLSeverity.isFirst(line[position]) {
            if let (severity, _) = PostgreSQLSeverity.read(line, at: position), !severity.isSecondary {
                return position > 0 && isWord(line[position - 1]) ? nil : position
            }
        }
        return nil
    }

    private static func part(_ prefix: UnsafeRawBufferPointer, _ at: Int, hasProcess: Bool) -> (String, Int)? {
        guard at == 0 || !isWord(prefix[at - 1]), isWord(prefix[at]) || prefix[at] == 0x5B else { return nil }
        let end = wordEnd(prefix, at)
        if end < prefix.count, prefix[end] == 0x3D, let escape = escape(named: prefix.part(at..<end)) {
            let name = String(decoding: prefix.part(at..<(end + 1)), as: UTF8.self)
            let (valueEnd, hasPort) = valueEnd(prefix, end + 1)
            return (name + (escape == "%h" && hasPort ? "%r" : escape), valueEnd)
        }
        let word = prefix.part(at..<end)
        if end < prefix.count, prefix[end] == 0x28, AddressText.parse(word) != nil { return ("%r", valueEnd(prefix, at).0) }
        if word.count >= 7, AddressText.parse(word) != nil { return ("%h", end) }
        if end < prefix.count, prefix[end] == 0x40 { return ("%u@%d", wordEnd(prefix, end + 1)) }
        if let dot = word.next(0x2E, from: 0), word.count >= 6, word.allSatisfy({ $0 == 0x2E || isHexadecimal($0) }), dot > 4 { return ("%c", end) }
        if end > at, word.allSatisfy({ $0 &- 0x30 < 10 }) {
            if end < prefix.count, prefix[end] == 0x2F, let (_, next) = prefix.number(at: end + 1) { return ("%v", next) }
            if end < prefix.count, prefix[end] == 0x2D, prefix.number(at: end + 1) != nil { return ("%l", end) }
            return (hasProcess ? "%x" : "%p", end)
        }
        return nil
    }

    private static func escape(named name: UnsafeRawBufferPointer) -> String? {
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "user", "usr", "u", "username": "%u"
        case "db", "database", "dbname", "d", "datname": "%d"
        case "app", "application", "appname", "application_name": "%a"
        case "client", "host", "remote", "remote_host", "ip", "from", "client_addr", "addr": "%h"
        case "p", "pid": "%p"
        case "session", "sess", "sid", "session_id": "%c"
        case "line", "l": "%l"
        case "state", "err", "sqlstate", "error": "%e"
        case "tx", "txid", "xid", "trans": "%x"
        case "vxid", "vtx": "%v"
        case "cmd", "tag", "ps", "command": "%i"
        case "backend", "backend_type", "type": "%b"
        default: nil
        }
    }

    private static func valueEnd(_ prefix: UnsafeRawBufferPointer, _ at: Int) -> (Int, hasPort: Bool) {
        var end = at
        var hasPort = false
        while end < prefix.count {
            switch prefix[end] {
            case 0x20, 0x2C, 0x7C, 0x3B, 0x5D, 0x09: return (end, hasPort)
            case 0x28: hasPort = true
            default: break
            }
            end += 1
        }
        return (end, hasPort)
    }

    private static func wordEnd(_ prefix: UnsafeRawBufferPointer, _ at: Int) -> Int {
        // `[unknown]` and `[local]` are words.
        if prefix.starts(with: "[unknown]", at: at) { return at + 9 }
        if prefix.starts(with: "[local]", at: at) { return at + 7 }
        var end = at
        while end < prefix.count, isWord(prefix[end]) || prefix[end] == 0x2E { end += 1 }
        return end
    }

    private static func isWord(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || byte >= 0x80 || byte == 0x5F || isLetter(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (0x61...0x66).contains(byte) }
}
