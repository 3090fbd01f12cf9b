import Foundation
import LogFormats

/// Numbers of lines, for evidence: chunks know only where in the file a line stands, and counting lines costs a pass over it.
package enum LineNumbers {
    /// The numbers, from 1, of the lines in which these bytes of the unfolded file stand. Reads the file up to the last of them.
    /// - Returns: by offset; offsets beyond what can be read are missing.
    package static func find(_ offsets: some Collection<Int>, path: String) throws(LogFileError) -> [Int: Int] {
        let sorted = Set(offsets).filter { $0 >= 0 }.sorted()
        guard let last = sorted.last else { return [:] }
        let reader = try LogFileReader(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        var numbers: [Int: Int] = [:]
        var next = 0
        var line = 1
        var position = 0
        while position <= last {
            var count = 0
            do throws(LogFileError) {
                count = try reader.read(into: buffer)
            } catch {
                // What was found stands before the damage.
                guard !numbers.isEmpty else { throw error }
            }
            if count == 0 { break }
            var counted = 0
            while next < sorted.count, sorted[next] < position + count {
                let at = sorted[next] - position
                line += newlines(UnsafeRawBufferPointer(rebasing: buffer[counted..<at]))
                counted = at
                numbers[sorted[next]] = line
                next += 1
            }
            line += newlines(UnsafeRawBufferPointer(rebasing: buffer[counted..<count]))
            position += count
        }
        return numbers
    }

    private static func newlines(_ bytes: UnsafeRawBufferPointer) -> Int {
        // Bytes at once: the compiler makes vectors of it, a sum of which fits in 255 rounds.
        var total = 0
        var at = 0
        while at < bytes.count {
            let stop = min(at + 255 * 32, bytes.count)
            var sum: UInt32 = 0
            for index in at..<stop where bytes[index] == 0x0A { sum &+= 1 }
            total += Int(sum)
            at = stop
        }
        return total
    }
}
