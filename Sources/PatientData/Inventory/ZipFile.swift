import CZlib

/// A ZIP archive (PKWARE APPNOTE 6.3) of deflated entries, without the extensions for more than 4 GiB. The same entries give the same bytes.
struct ZipFile {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// 1980-01-01, the first day that the format knows: the time of writing is nobody's business.
    private static let date: UInt16 = 0x0021
    private static let deflated: UInt16 = 8
    /// Names are UTF-8.
    private static let flags: UInt16 = 1 << 11

    mutating func add(_ name: String, _ text: String) throws(SpreadsheetError) {
        let content = Array(text.utf8)
        let packed = try Self.deflate(content)
        let offset = body.count
        guard content.count < Int(UInt32.max), offset + packed.count < Int(UInt32.max) - 1 << 20, count < .max else {
            throw SpreadsheetError(reason: "the workbook is larger than 4 GiB; write .csv")
        }
        var sum = crc32(0, nil, 0)
        content.withUnsafeBufferPointer { sum = crc32(sum, $0.baseAddress, UInt32($0.count)) }
        // What the local header and the directory have in common.
        var common: [UInt8] = []
        for field in [20, Self.flags, Self.deflated, 0, Self.date] { common.append(little: field) }
        for field in [UInt32(truncatingIfNeeded: sum), UInt32(packed.count), UInt32(content.count)] { common.append(little: field) }
        common.append(little: UInt16(name.utf8.count))
        common.append(little: UInt16(0))

        body.append(little: 0x0403_4B50 as UInt32)
        body += common + name.utf8 + packed
        directory.append(little: 0x0201_4B50 as UInt32)
        directory.append(little: 20 as UInt16)
        directory += common
        for field in [0, 0, 0] as [UInt16] { directory.append(little: field) }
        directory.append(little: 0 as UInt32)
        directory.append(little: UInt32(offset))
        directory += name.utf8
        count += 1
    }

    func finished() throws(SpreadsheetError) -> [UInt8] {
        var end: [UInt8] = []
        end.append(little: 0x0605_4B50 as UInt32)
        for field in [0, 0, count, count] { end.append(little: field) }
        end.append(little: UInt32(directory.count))
        end.append(little: UInt32(body.count))
        end.append(little: 0 as UInt16)
        return body + directory + end
    }

    /// Raw deflate (RFC 1951).
    private static func deflate(_ content: [UInt8]) throws(SpreadsheetError) -> [UInt8] {
        var stream = z_stream()
        guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw SpreadsheetError(reason: "zlib can't be started")
        }
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))))
        let code = content.withUnsafeBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                // zlib reads from it only; its C declaration doesn't say so.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return CZlib.deflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END else { throw SpreadsheetError(reason: "zlib failed (\(code))") }
        return Array(packed.prefix(Int(stream.total_out)))
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger & UnsignedInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
