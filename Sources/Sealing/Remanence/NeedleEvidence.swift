/// Whether finding a value's bytes tells anything.
///
/// A leftover is told from a coincidence by its length alone, for any bytes may stand before and behind it. So a value must have 11 bytes, which lets in
/// mobile numbers and keeps out dates, and be one of at least 2^30 by its form: a digit counts 3.3 bits, a letter or sign 4, a Chinese character 9.6
/// (about the entropy of single characters in running text), another byte 6, each from the third of equal ones in a row 0.5. That lets in documents, e-mail
/// addresses, addresses and Chinese words of four characters; it keeps out names of two and three characters, which are the names of other people too,
/// and which stand in books, tables and programs; and codes of a few digits.
enum NeedleEvidence {
    /// ``NeedleIndex`` needs as many: four successive windows of 8 bytes.
    static let leastBytes = 11
    private static let leastTenthsOfBits = 300

    static func isEnough(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= leastBytes else { return false }
        var tenths = 0
        var index = 0
        var before = value[value.startIndex..<value.startIndex]
        var run = 0
        while index < value.count, tenths < leastTenthsOfBits {
            let byte = value[index]
            var length = 1
            let weight: Int
            switch byte {
            case 0x30...0x39: weight = 33
            case 0x21..<0x7F: weight = 40
            case 0x00...0x20, 0x7F: weight = 10
            case 0xC2...0xDF where continues(value, index, 1): (weight, length) = (50, 2)
            case 0xE0...0xEF where continues(value, index, 2): (weight, length) = (96, 3)
            case 0xF0...0xF4 where continues(value, index, 3): (weight, length) = (96, 4)
            default: weight = 60
            }
            let character = value[index..<index + length]
            run = character.elementsEqual(before) ? run + 1 : 1
            tenths += run > 2 ? 5 : weight
            before = character
            index += length
        }
        return tenths >= leastTenthsOfBits
    }

    private static func continues(_ value: UnsafeRawBufferPointer, _ index: Int, _ count: Int) -> Bool {
        index + count < value.count && value[index + 1...index + count].allSatisfy { $0 & 0xC0 == 0x80 }
    }
}
