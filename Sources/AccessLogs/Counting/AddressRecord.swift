import Network

/// What one address did at one source. Times are seconds since 1970.
struct AddressRecord: Sendable {
    // ::ffff:a.b.c.d stands for IPv4.
    var high: UInt64
    var low: UInt64
    var requests: UInt32 = 0
    /// Successful requests that brought data from a data interface, and their bytes.
    var dataRequests: UInt32 = 0
    var bytes: UInt64 = 0
    var dataBytes: UInt64 = 0
    var first: UInt32 = .max
    var last: UInt32 = 0
    var firstData: UInt32 = .max
    var lastData: UInt32 = 0
    /// Record numbers: the run of close numbers that goes on, how often one number followed another, and how often as part of a long run.
    var runLow: UInt64 = .max
    var runHigh: UInt64 = 0
    var runLength: UInt32 = 0
    var steps: UInt32 = 0
    var sequential: UInt32 = 0
    /// Days with data, and the most of one day: what comes evenly is a habit.
    var day: UInt32 = 0
    var dataDays: UInt32 = 0
    var dayBytes: UInt64 = 0
    var peakDayBytes: UInt64 = 0
    var dayRequests: UInt32 = 0
    var peakDayRequests: UInt32 = 0
    /// Where the first data was taken.
    var file: UInt32 = 0
    var line: UInt32 = 0
    /// The shape that leads the vote over all data requests (Boyer and Moore), and its lead.
    var shape: UInt16 = 0
    var shapeLead: UInt32 = 0

    init(_ address: IPAddress) {
        high = address.high
        low = address.family == .v4 ? 0xFFFF << 32 | address.low : address.low
    }

    var address: IPAddress { IPAddress(v6High: high, low: low) }

    /// Numbers this close count as one after the other: pages of up to a hundred, some left out.
    private static let sequentialStep: UInt64 = 100
    /// People leaf through a few pages, again and again; only a longer run of ever new numbers is a walk through the records.
    private static let longRun: UInt32 = 10

    mutating func countData(time: UInt32, bytes: Int, id: UInt64?, shape: UInt16, file: UInt32, line: UInt32) {
        dataRequests &+= 1
        dataBytes &+= UInt64(bytes)
        if time < firstData { (firstData, self.file, self.line) = (time, file, line) }
        lastData = max(lastData, time)
        if time / 86_400 != day {
            day = time / 86_400
            dataDays &+= 1
            (dayBytes, dayRequests) = (0, 0)
        }
        dayBytes &+= UInt64(bytes)
        peakDayBytes = max(peakDayBytes, dayBytes)
        dayRequests &+= 1
        peakDayRequests = max(peakDayRequests, dayRequests)
        if shapeLead == 0 { self.shape = shape }
        if self.shape == shape { shapeLead &+= 1 } else { shapeLead -= 1 }
        guard let id else { return }
        countStep(to: id)
    }

    private mutating func countStep(to id: UInt64) {
        // A number of the run again (its parts, a retry) is no step.
        if id >= runLow, id <= runHigh { return }
        let isFirst = runLow > runHigh
        if !isFirst { steps &+= 1 }
        if !isFirst, id > runHigh ? id - runHigh <= Self.sequentialStep : runLow - id <= Self.sequentialStep {
            (runLow, runHigh) = (min(runLow, id), max(runHigh, id))
            runLength &+= 1
            if runLength == Self.longRun { sequential &+= Self.longRun } else if runLength > Self.longRun { sequential &+= 1 }
        } else {
            (runLow, runHigh, runLength) = (id, id, 0)
        }
    }

    /// - Parameter place: the other's shapes in this record's table.
    mutating func merge(_ other: AddressRecord, shapes place: [UInt16]) {
        requests &+= other.requests
        dataRequests &+= other.dataRequests
        bytes &+= other.bytes
        dataBytes &+= other.dataBytes
        first = min(first, other.first)
        last = max(last, other.last)
        if other.firstData < firstData { (firstData, file, line) = (other.firstData, other.file, other.line) }
        lastData = max(lastData, other.lastData)
        steps &+= other.steps
        sequential &+= other.sequential
        dataDays &+= other.dataDays
        peakDayBytes = max(peakDayBytes, other.peakDayBytes)
        peakDayRequests = max(peakDayRequests, other.peakDayRequests)
        let otherShape = Int(other.shape) < place.count ? place[Int(other.shape)] : ShapeTable.other
        if shape == otherShape {
            shapeLead &+= other.shapeLead
        } else if other.shapeLead > shapeLead {
            (shape, shapeLead) = (otherShape, other.shapeLead - shapeLead)
        } else {
            shapeLead -= other.shapeLead
        }
    }
}
