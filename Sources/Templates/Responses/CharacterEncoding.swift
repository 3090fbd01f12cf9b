import Glibc

/// Chinese pages in GBK become UTF-8 before they are matched: templates are written in UTF-8.
enum CharacterEncoding {
    /// - Parameter contentType: the header's value; without a charset there, a `meta` in the first kilobyte counts.
    static func utf8(_ body: [UInt8], _ contentType: String) -> [UInt8] {
        let type = contentType.lowercased()
        let isText = type.isEmpty || type.contains("text") || type.contains("json") || type.contains("xml") || type.contains("javascript")
        guard isText, body.contains(where: { $0 >= 0x80 }), !isUTF8(body) else { return body }
        var declared = type
        if !type.contains("charset") { declared = Bytes.string(body.prefix(1_024).map(Bytes.lowercase)) }
        if ["charset=gb", "charset=\"gb", "charset='gb", "encoding=\"gb"].contains(where: declared.contains) {
            return convert(body, "GB18030") ?? body
        }
        if ["charset=big5", "charset=\"big5", "charset='big5"].contains(where: declared.contains) { return convert(body, "BIG5") ?? body }
        return body
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// Bytes that the encoding does not have become a question mark. Nil where the machine lacks the encoding.
    private static func convert(_ bytes: [UInt8], _ encoding: String) -> [UInt8]? {
        guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        let written = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output -> Int in
                var from = input.baseAddress
                var fromLeft = input.count
                var to = output.baseAddress
                var toLeft = output.count
                while fromLeft > 0, toLeft > 0 {
                    if iconv(converter, &from, &fromLeft, &to, &toLeft) != -1 { break }
                    guard fromLeft > 0, toLeft > 0, errno != E2BIG else { break }
                    from = from?.advanced(by: 1)
                    fromLeft -= 1
                    to?.pointee = 0x3F
                    to = to?.advanced(by: 1)
                    toLeft -= 1
                }
                return output.count - toLeft
            }
        }
        return output[..<written].map { UInt8(bitPattern: $0) }
    }
}
