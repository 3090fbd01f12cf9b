/// What an index is computed of, and how long it is.
package struct BlindIndexDefinition: Hashable, Sendable {
    /// Which part of the normalised value; characters are Unicode scalars. A shorter value counts as a whole.
    package enum Part: Hashable, Sendable {
        case whole
        /// The surname, the area code.
        case prefix(Int)
        /// The last digits of a telephone number.
        case suffix(Int)
    }

    package enum Width: Hashable, Sendable {
        /// 1 to 63 bits: an integer of 0 to 2^bits − 1, which a `bigint` column holds.
        case bits(Int)
        /// 128 bits: 32 hexadecimal digits, lower case. Different values of one table meet once in 2^64 or so.
        case full
    }

    package let normaliser: BlindIndexNormaliser
    package let part: Part
    package let width: Width

    package init(normaliser: BlindIndexNormaliser = .exact, part: Part = .whole, width: Width) {
        self.normaliser = normaliser
        self.part = part
        self.width = width
    }

    /// `whole`, `prefix=1`, `suffix=4`: stands in the label of the index's key.
    package var partName: String {
        switch part {
        case .whole: "whole"
        case .prefix(let count): "prefix=\(count)"
        case .suffix(let count): "suffix=\(count)"
        }
    }
}

/// The value of an index for one cell.
package enum BlindIndexValue: Hashable, Sendable {
    case integer(Int64)
    /// 32 hexadecimal digits.
    case hexadecimal(String)
}
