/// Where a line stands in its file, as digests hold it: the chunk's number and the line's within it. Line numbers come of it when all chunks before
/// have been counted, without reading anything again.
package enum LineCode {
    private static let bits: UInt64 = 24

    package static func of(chunk: Int, line: Int) -> UInt64 { UInt64(chunk) << bits | UInt64(line) & (1 << bits - 1) }

    /// - Parameter linesByChunk: how many lines each chunk of the file has.
    /// - Returns: 1 for the first line.
    static func lineNumber(_ place: UInt64, _ linesByChunk: [Int]) -> Int {
        let chunk = Int(place >> bits)
        return linesByChunk.prefix(chunk).reduce(0, +) + Int(place & (1 << bits - 1)) + 1
    }
}
