import Glibc

/// The cleartext to look for: a sample of each column's values, fed cell by cell. Wiped when it goes. Serves one thread.
package final class RemanenceNeedles {
    /// Of a longer value only so many bytes, its first, are looked for: they lie in one piece in all stores, where the rest may be on other pages.
    package static let longest = 256

    private let limit: Int
    private(set) var columns: [Sample] = []
    private var numbers: [String: Int] = [:]

    /// - Parameter limit: values that are kept of each column. Of more, a random choice is kept, the same one for the same values in the same order.
    package init(limit: Int = 100_000) { self.limit = max(0, limit) }

    /// Takes a cell's value, in the bytes in which the files hold it. Values too short to be evidence are counted only.
    /// - Parameter isBinary: looks for the value's lower-case hexadecimal digits too, which dumps have in its place.
    package func add(_ value: UnsafeRawBufferPointer, column: String, isBinary: Bool = false) {
        let number: Int
        if let known = numbers[column] {
            number = known
        } else {
            number = columns.count
            numbers[column] = number
            columns.append(Sample(column, isBinary: isBinary, limit: limit, seed: UInt64(number)))
        }
        columns[number].offer(value)
    }

    /// A column's values: a reservoir (Vitter 1985, algorithm R).
    final class Sample {
        let name: String
        let isBinary: Bool
        private let limit: Int
        private var random: UInt64
        private(set) var values: [UnsafeMutableRawBufferPointer] = []
        private(set) var offered = 0
        private(set) var tooShort = 0

        fileprivate init(_ name: String, isBinary: Bool, limit: Int, seed: UInt64) {
            self.name = name
            self.isBinary = isBinary
            self.limit = limit
            random = seed &+ 0x5375_7765_6E
        }

        deinit { values.forEach(Self.release) }

        fileprivate func offer(_ value: UnsafeRawBufferPointer) {
            offered += 1
            let beginning = UnsafeRawBufferPointer(rebasing: value.prefix(longest))
            guard NeedleEvidence.isEnough(beginning) else {
                tooShort += 1
                return
            }
            if values.count < limit {
                values.append(Self.copy(beginning))
            } else if let place = Int(exactly: next() % UInt64(offered - tooShort)), place < limit {
                Self.release(values[place])
                values[place] = Self.copy(beginning)
            }
        }

        /// SplitMix64 (Steele, Lea and Flood 2014).
        private func next() -> UInt64 {
            random &+= 0x9E37_79B9_7F4A_7C15
            var mixed = random
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }

        private static func copy(_ value: UnsafeRawBufferPointer) -> UnsafeMutableRawBufferPointer {
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: value.count, alignment: 1)
            copy.copyMemory(from: value)
            return copy
        }

        private static func release(_ value: UnsafeMutableRawBufferPointer) {
            if let base = value.baseAddress { explicit_bzero(base, value.count) }
            value.deallocate()
        }
    }
}
