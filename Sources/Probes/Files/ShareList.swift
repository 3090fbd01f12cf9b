/// NetrShareEnum ([MS-SRVS], 3.1.4.8) at level 1: the shares' names and kinds.
enum ShareList {
    static let operation: UInt16 = 15

    static let arguments: [UInt8] = {
        var bytes: [UInt8] = []
        // ServerName: none. Level and union: 1. The container: a pointer, no entries, no buffer. No limit, no resume handle.
        for word in [0, 1, 1, 0x0002_0000, 0, 0, .max, 0] as [UInt32] { bytes.appendLittle(word) }
        return bytes
    }()

    struct Share {
        /// UTF-16, little-endian, without its end; never shown.
        var name: [UInt8]
        var kind: UInt32

        /// STYPE_DISKTREE, and not one of the administrators' own (STYPE_SPECIAL: `C$`), which are closed to others by their nature.
        var isDisk: Bool { kind & 0xFFFF == 0 && kind & 0x8000_0000 == 0 }
    }

    enum Reading {
        case shares([Share])
        case refused
        case failed(UInt64)
    }

    private static let most: UInt64 = 4_096
    private static let longestName: UInt64 = 512

    /// Nil when the results can't be read.
    static func read(_ bytes: [UInt8]) -> Reading? {
        // The last word is the call's result, whatever comes before.
        var last = ByteReader(bytes.suffix(4))
        guard bytes.count >= 4, bytes.count % 4 == 0, let result = last.little(4) else { return nil }
        // ERROR_ACCESS_DENIED.
        if result == 5 { return .refused }
        guard result == 0 else { return .failed(result) }
        var reader = ByteReader(bytes)
        guard reader.little(4) == 1, reader.little(4) == 1, reader.little(4) != nil, let count = reader.little(4), count <= most,
            let buffer = reader.little(4)
        else { return nil }
        guard buffer != 0 else { return count == 0 ? .shares([]) : nil }
        guard reader.little(4) == count else { return nil }
        var heads: [(hasName: Bool, kind: UInt32, hasRemark: Bool)] = []
        for _ in 0..<count {
            guard let name = reader.little(4), let kind = reader.little(4), let remark = reader.little(4) else { return nil }
            heads.append((name != 0, UInt32(kind), remark != 0))
        }
        var shares: [Share] = []
        for head in heads {
            guard let name = head.hasName ? string(&reader) : [] else { return nil }
            if head.hasRemark { guard string(&reader) != nil else { return nil } }
            if !name.isEmpty { shares.append(Share(name: name, kind: head.kind)) }
        }
        return .shares(shares)
    }

    /// A conformant, varying string of UTF-16 units, without its ending NUL.
    private static func string(_ reader: inout ByteReader) -> [UInt8]? {
        guard let most = reader.little(4), reader.little(4) == 0, let count = reader.little(4), count <= most, count <= longestName,
            let bytes = reader.take(Int(count) * 2), reader.take(count % 2 == 0 ? 0 : 2) != nil
        else { return nil }
        return bytes.suffix(2) == [0, 0] ? Array(bytes.dropLast(2)) : Array(bytes)
    }
}
