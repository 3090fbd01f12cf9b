/// What was read of one file of a source. Filled line by line; parts of one file that follow each other merge.
package struct FileCoverage: Hashable, Sendable {
    /// As the file was named when it was read.
    package var path: String
    /// How many bytes of the file, from its beginning, the counts are about: of a live log what was there; of a compressed file its stored size.
    package var bytes = 0
    /// SHA-256 of those bytes, in hexadecimal; empty until ``PrefixDigest`` gave it.
    package var sha256 = ""
    package var lines = 0
    package var events = 0
    package var unparsed = 0
    /// Events whose stamps were not believed.
    package var disbelieved = 0
    /// Seconds since 1970.
    package var first: Int64?
    package var last: Int64?
    package var clock = ClockWatch()

    package init(path: String) { self.path = path }

    /// One event.
    /// - Parameter latest: later stamps aren't believed; as ``ActivityTimeline/latest``.
    @inline(__always)
    package mutating func add(_ time: Int64, latest: Int64) {
        events += 1
        guard time <= latest, time >= ActivityTimeline.earliest else {
            disbelieved += 1
            return
        }
        first = min(first ?? time, time)
        last = max(last ?? time, time)
        clock.add(time)
    }

    /// Takes in the part of the file that comes right after this one.
    package mutating func append(_ next: FileCoverage) {
        bytes += next.bytes
        lines += next.lines
        events += next.events
        unparsed += next.unparsed
        disbelieved += next.disbelieved
        if let time = next.first { first = min(first ?? time, time) }
        if let time = next.last { last = max(last ?? time, time) }
        clock.append(next.clock)
    }

    package var member: RotatedSet.Member {
        RotatedSet.Member(name: path.split(separator: "/").last.map(String.init) ?? path, first: first, last: last)
    }
}
