/// Lines by the hour in which they happen, until that hour is written: sessions and incidents lie across hours, files are in the order of time.
final class Timeline {
    private struct Entry {
        var time: Moment
        var offset: Int
        var count: Int32
        var source: UInt8
    }

    private struct Bucket {
        var line = Line()
        var entries: [Entry] = []
    }

    let start: Moment
    let hours: Int
    private(set) var next = 0
    private var buckets: [Bucket]
    private let writers: [LogWriter]
    /// What a source writes before a line whose second differs from the line before (MariaDB), or equals it.
    private var lastSecond: [Moment]
    private(set) var ordinary: [Int]
    private(set) var planted: [Int]
    private(set) var dropped = 0

    init(start: Moment, hours: Int, writers: [LogWriter]) {
        self.start = start
        self.hours = hours
        self.writers = writers
        buckets = Array(repeating: Bucket(), count: hours)
        lastSecond = Array(repeating: -1, count: writers.count)
        ordinary = Array(repeating: 0, count: writers.count)
        planted = Array(repeating: 0, count: writers.count)
    }

    /// False when the moment lies outside the world or is written already.
    @inline(__always)
    func emit(_ source: Source, _ time: Moment, _ incident: Incident?, _ body: (inout Line) -> Void) {
        let index = Int((time - start) / hour)
        guard time >= start, index >= next, index < hours else {
            dropped += 1
            if let incident { incident.lost += 1 }
            return
        }
        let offset = buckets[index].line.bytes.count
        body(&buckets[index].line)
        buckets[index].entries.append(
            Entry(time: time, offset: offset, count: Int32(buckets[index].line.bytes.count - offset), source: UInt8(source.rawValue)))
        if let incident {
            planted[source.rawValue] += 1
            incident.saw(source, time)
        } else {
            ordinary[source.rawValue] += 1
        }
    }

    /// Writes the earliest hour that is not written yet.
    func flush() {
        var bucket = Bucket()
        swap(&bucket, &buckets[next])
        next += 1
        // Stable: lines of one moment keep the order in which they were made.
        let order = bucket.entries.indices.sorted { left, right in
            let (a, b) = (bucket.entries[left].time, bucket.entries[right].time)
            return a == b ? left < right : a < b
        }
        for index in order {
            let entry = bucket.entries[index]
            let source = Int(entry.source)
            if source == Source.mariadbGeneral.rawValue { stampGeneral(entry.time) }
            if source == Source.mariadbSlow.rawValue { stampSlow(entry.time) }
            writers[source].append(bucket.line.bytes[entry.offset..<(entry.offset + Int(entry.count))])
        }
    }

    private func stampGeneral(_ time: Moment) {
        let source = Source.mariadbGeneral.rawValue
        var line = Line()
        if lastSecond[source] == time / second {
            line.text("\t\t")
        } else {
            lastSecond[source] = time / second
            line.mariaStamp(time)
            line.byte(0x09)
        }
        writers[source].append(line.bytes[...])
    }

    private func stampSlow(_ time: Moment) {
        let source = Source.mariadbSlow.rawValue
        guard lastSecond[source] != time / second else { return }
        lastSecond[source] = time / second
        var line = Line()
        line.text("# Time: ")
        line.mariaStamp(time)
        line.byte(0x0A)
        writers[source].append(line.bytes[...])
    }
}
