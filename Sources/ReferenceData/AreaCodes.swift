/// Area codes of the Chinese telephone network, as they are commonly known; a few counties' former codes may be missing.
package enum AreaCodes {
    /// How many digits the area code has that a number begins with, its trunk prefix 0 included; nil when there is none.
    /// - Parameter number: ASCII digits.
    @specialized(where Bytes == UnsafeBufferPointer<UInt8>)
    @specialized(where Bytes == [UInt8])
    package static func length<Bytes: Collection<UInt8>>(in number: Bytes) -> Int? {
        var code = 0
        var count = 0
        for byte in number {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            code = code * 10 + Int(byte - 0x30)
            count += 1
            if count == 1, code != 0 { return nil }
            if count == 3, short.contains(code) { return 3 }
            if count == 4 { return table[code] ? 4 : nil }
        }
        return nil
    }

    /// 010, 020 to 029: the largest cities. 026 is not in use.
    private static let short: Set<Int> = [10, 20, 21, 22, 23, 24, 25, 27, 28, 29]

    private static let table: [Bool] = {
        var table = [Bool](repeating: false, count: 1_000)
        for entry in ranges.split(whereSeparator: \.isWhitespace) {
            let ends = entry.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last, last < table.count else { continue }
            for code in first...last { table[code] = true }
        }
        return table
    }()

    /// Without the 0.
    private static let ranges = """
        310-319 335 349-359 370-379 391-398 410-419 421 427 429 431-439 448 451-459 464 467-469 470-479 482 483 510-519 523 527 530-539 543 546
        550-559 561-566 570-580 591-599 631-635 660 662 663 668 691 692 701 710-719 722 724 728 730-739 743-746 750-760 762 763 765 766 768 769
        770-779 790-799 810 812 813 816-818 825-827 830-839 851-859 870-879 883 886-888 891-899 901-903 906 908 909 911-917 919 930-939 941 943
        951-955 970-979 990-999
        """
}
