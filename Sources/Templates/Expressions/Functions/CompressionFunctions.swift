import CZlib

extension ExpressionFunction {
    static let compressionFunctions: [ExpressionFunction] = [
        compress("gzip", .gzip), compress("zlib", .zlib), compress("deflate", .raw),
        decompress("gzip_decode", .gzip), decompress("zlib_decode", .zlib), decompress("inflate", .raw),
    ]

    private static func compress(_ name: String, _ format: DeflateFormat) -> ExpressionFunction {
        map(name) { (bytes) throws(EvaluationError) in
            guard let result = format.compress(bytes) else { throw .argument("it can't be compressed") }
            return result
        }
    }

    private static func decompress(_ name: String, _ format: DeflateFormat) -> ExpressionFunction {
        map(name) { (bytes) throws(EvaluationError) in
            guard let result = format.decompress(bytes, limit: textLimit) else { throw .argument("nothing that was compressed so") }
            return result
        }
    }
}

/// The three coats of deflate (RFC 1950, 1951, 1952), by zlib's number for them.
enum DeflateFormat: Int32, Sendable {
    case zlib = 15
    case gzip = 31
    case raw = -15

    func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let version = zlibVersion()
        guard
            deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, rawValue, 8, Z_DEFAULT_STRATEGY, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        return run(&stream, bytes, limit: ExpressionFunction.textLimit) { deflate(&$0, Z_FINISH) }
    }

    /// Nil for damaged input, and beyond `limit` bytes: a bomb.
    func decompress(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, rawValue, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        return run(&stream, bytes, limit: limit) { inflate(&$0, Z_NO_FLUSH) }
    }

    private func run(_ stream: inout z_stream, _ bytes: [UInt8], limit: Int, _ step: (inout z_stream) -> Int32) -> [UInt8]? {
        var input = bytes
        var output = [UInt8](repeating: 0, count: 65_536)
        var result: [UInt8] = []
        return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                let capacity = output.count
                let (code, produced) = output.withUnsafeMutableBufferPointer { output -> (Int32, Int) in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(clamping: capacity)
                    let code = step(&stream)
                    return (code, capacity - Int(stream.avail_out))
                }
                result += output[..<produced]
                guard result.count <= limit else { return nil }
                if code == Z_STREAM_END { return result }
                guard code == Z_OK, produced > 0 || stream.avail_in > 0 else { return nil }
            }
        }
    }
}
