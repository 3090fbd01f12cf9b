import Glibc

/// The encodings that files of text come in.
enum TextEncoding: String {
    case utf8 = "utf-8"
    /// GB 18030, which holds GBK and GB 2312.
    case gb18030
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"

    /// What an estate or a user calls it; nil when it is none of ours.
    init?(name: String) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
        case "utf8", "utf8bom": self = .utf8
        case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        default: return nil
        }
    }

    var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        }
    }

    /// By the mark at the beginning of a file.
    static func marked(_ bytes: UnsafeRawBufferPointer) -> TextEncoding? {
        [.utf8, .gb18030, .utf16LittleEndian, .utf16BigEndian].first { bytes.starts(with: $0.byteOrderMark) }
    }

    /// By the first bytes of a file that aren't ASCII. A cut sequence at the end doesn't count.
    static func recognised(_ bytes: UnsafeRawBufferPointer) -> TextEncoding {
        var ignored: [UInt8] = []
        let (used, replaced) = UTF8Check.repair(bytes, atEnd: false, into: &ignored)
        if replaced == 0, used > 0 || bytes.count < 4 { return .utf8 }
        ignored.removeAll()
        guard let decoder = Iconv(from: .gb18030) else { return .utf8 }
        // A damaged UTF-8 file has few ill-formed bytes; one in GB 18030 read as UTF-8 has them everywhere.
        let (_, unknown) = decoder.decode(bytes, atEnd: false, into: &ignored)
        return unknown < replaced ? .gb18030 : .utf8
    }

    /// UTF-16 without a mark: of ASCII text every other byte is zero.
    static func zeroPattern(_ bytes: UnsafeRawBufferPointer) -> TextEncoding? {
        let count = min(bytes.count, 4_096) & ~1
        guard count >= 8 else { return nil }
        var zeros = [0, 0]
        for index in 0..<count where bytes[index] == 0 { zeros[index & 1] += 1 }
        let half = count / 2
        if zeros[1] * 3 > half, zeros[0] * 20 < half { return .utf16LittleEndian }
        if zeros[0] * 3 > half, zeros[1] * 20 < half { return .utf16BigEndian }
        return nil
    }
}

/// glibc's converter into UTF-8.
final class Iconv {
    private let handle: iconv_t
    /// In bytes, of the encoding's shortest character: so much of what is no character is passed over.
    private let unit: Int
    private var piece = [UInt8](repeating: 0, count: 64 << 10)

    init?(from encoding: TextEncoding) {
        guard let handle = iconv_open("UTF-8", encoding.rawValue), handle != iconv_t(bitPattern: -1) else { return nil }
        self.handle = handle
        unit = encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? 2 : 1
    }

    deinit { iconv_close(handle) }

    /// As ``UTF8Check/repair(_:atEnd:into:)``.
    func decode(_ bytes: UnsafeRawBufferPointer, atEnd: Bool, into output: inout [UInt8]) -> (used: Int, replaced: Int) {
        guard let base = bytes.baseAddress else { return (0, 0) }
        var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base).assumingMemoryBound(to: CChar.self)
        var left = bytes.count
        var replaced = 0
        while left > 0 {
            let (code, written) = piece.withUnsafeMutableBytes { buffer -> (Int32, Int) in
                var target = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                var room = buffer.count
                let result = iconv(handle, &input, &left, &target, &room)
                return (result == -1 ? errno : 0, buffer.count - room)
            }
            output.append(contentsOf: piece[..<written])
            guard code != 0, code != E2BIG else { continue }
            // EINVAL: cut off at the end; EILSEQ: no character.
            if code == EINVAL, !atEnd { break }
            let skipped = code == EINVAL ? left : min(unit, left)
            input = input.map { $0 + skipped }
            left -= skipped
            output.append(contentsOf: UTF8Check.replacement)
            replaced += 1
            iconv(handle, nil, nil, nil, nil)
        }
        return (bytes.count - left, replaced)
    }
}
