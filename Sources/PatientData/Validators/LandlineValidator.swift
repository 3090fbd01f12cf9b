import ReferenceData

/// Numbers of Chinese fixed lines: area code and seven or eight digits, with or without the country's code; an extension may follow.
enum LandlineValidator {
    /// The run holds a full number.
    static func matches(_ run: DigitRun) -> Bool {
        guard (10...18).contains(run.digits.count) else { return false }
        if run.isInternational || run.starts(with: "0086") || (run.starts(with: "86") && run.breaks & 1 << 2 != 0) {
            // +86 10 6234 5678: the trunk prefix falls away.
            let skipped = run.starts(with: "0086") ? 4 : 2
            guard run.starts(with: "0086") || run.starts(with: "86") else { return false }
            return isNumber(run.digits[skipped...], zero: run.digits[skipped] == 0x30, breaks: run.breaks >> UInt64(skipped))
        }
        return run.digits[0] == 0x30 && isNumber(run.digits[0...], zero: true, breaks: run.breaks)
    }

    /// Seven or eight digits without area code, as people of one place write them.
    static func isLocal(_ run: DigitRun) -> Bool {
        (7...8).contains(run.digits.count) && (0x32...0x38).contains(run.digits[0]) && run.breaks & ~(1 << 3 | 1 << 4 | 1) == 0
            && !run.isInternational
    }

    private static func isNumber(_ digits: Slice<UnsafeBufferPointer<UInt8>>, zero: Bool, breaks: UInt64) -> Bool {
        var code: UInt64 = 0
        // The area code with its 0, in the first bytes of a word, so that both spellings are looked up alike.
        var head: [UInt8] = zero ? [] : [0x30]
        for byte in digits.prefix(4) { head.append(byte) }
        guard let length = AreaCodes.length(in: head) else { return false }
        let codeDigits = length - (zero ? 0 : 1)
        let rest = digits.dropFirst(codeDigits)
        guard let first = rest.first, (0x32...0x38).contains(first) else { return false }
        for byte in rest { code = code * 10 + UInt64(byte &- 0x30) }
        // Breaks stand behind the area code, within the number, and before an extension.
        let allowed: UInt64 = 1 | 1 << UInt64(codeDigits) | 1 << UInt64(codeDigits + 3) | 1 << UInt64(codeDigits + 4)
        switch rest.count {
        // Eight digits where the code has three, and in some larger cities; seven elsewhere.
        case 7: return length == 4 && breaks & ~allowed == 0
        case 8: return breaks & ~allowed == 0
        case 9...13:
            // An extension behind a break of its own.
            let local = [8, 7].first { breaks & 1 << UInt64(codeDigits + $0) != 0 }
            return local.map { breaks & ~(allowed | 1 << UInt64(codeDigits + $0)) == 0 && rest.count - $0 <= 5 } ?? false
        default: return false
        }
    }
}
