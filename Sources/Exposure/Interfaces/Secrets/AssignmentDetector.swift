import Findings

/// Literals that are given to something called a password or secret: `password: "…"`, `appSecret = '…'`. Names and texts of forms, which are called so
/// too, are told by their build.
enum AssignmentDetector {
    private static let marks = [
        "assword", "ASSWORD", "asswd", "wd", "WD", "ecret", "ECRET", "assphrase", "SecretKey", "secretKey", "secret_key", "SECRET_KEY", "piKey",
        "pi_key", "PI_KEY", "ccessKey",
    ]
    private static let passwords = ["password", "passwd", "pwd", "passphrase"]
    private static let secrets = ["secret", "secretkey", "apikey", "accesskey", "secretaccesskey"]

    static func hits(_ text: SecretText) -> [SecretHit] {
        var seen: Set<Int> = []
        return marks.flatMap { mark in
            text.places(of: mark, most: 20_000).compactMap { place -> SecretHit? in
                guard let (name, value) = assignment(text, at: place, mark.utf8.count), seen.insert(value.startIndex).inserted else { return nil }
                return judge(text, name, value)
            }
        }
    }

    /// The name that `mark` ends, and the literal that it is given.
    private static func assignment(_ text: SecretText, at place: Int, _ length: Int) -> (name: String, value: ArraySlice<UInt8>)? {
        var end = place + length
        if let byte = text[end], isNameByte(byte) { return nil }
        var start = place
        while start > 0, place - start < 40, let byte = text[start - 1], isNameByte(byte) { start -= 1 }
        let name = String(decoding: text.bytes[start..<end], as: UTF8.self).lowercased().filter(\.isLetter)
        if let byte = text[end], SecretText.isQuote(byte) { end += 1 }
        end += text.run(from: end, most: 8) { $0 == 0x20 }.count
        guard text[end] == UInt8(ascii: ":") || text[end] == UInt8(ascii: "=") else { return nil }
        end += 1
        end += text.run(from: end, most: 8) { $0 == 0x20 }.count
        return text.literal(at: end, most: 200).map { (name, $0) }
    }

    private static func judge(_ text: SecretText, _ name: String, _ value: ArraySlice<UInt8>) -> SecretHit? {
        guard value.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !Placeholder.isOne(value) else { return nil }
        if secrets.contains(where: name.hasSuffix) {
            if value.count == 32, value.allSatisfy(SecretText.isHex), hasAppID(text, near: value.startIndex), name.contains("secret") {
                return SecretHit(.wechatSecret, length: value.count, severity: .critical, offset: value.startIndex)
            }
            guard (16...128).contains(value.count), value.contains(where: SecretText.isDigit), value.contains(where: SecretText.isLetter),
                Set(value).count >= 8, value.allSatisfy({ SecretText.isBase64($0) || SecretText.isBase64URL($0) || $0 == UInt8(ascii: ".") }),
                !isPathOrKey(value)
            else { return nil }
            return SecretHit(.assignedSecret, length: value.count, severity: .medium, offset: value.startIndex)
        }
        guard passwords.contains(where: name.hasSuffix), (6...40).contains(value.count), isPassword(value) else { return nil }
        return SecretHit(.assignedPassword, length: value.count, severity: .low, offset: value.startIndex)
    }

    /// A WeChat appid: `wx` and 16 hexadecimal digits.
    private static func hasAppID(_ text: SecretText, near place: Int) -> Bool {
        text.literals(around: place, within: 300, most: 24).contains {
            $0.count == 18 && $0.starts(with: "wx".utf8) && $0.dropFirst(2).allSatisfy(SecretText.isHex)
        }
    }

    /// People's passwords mix letters with digits or with signs that no name has, or are digits alone; names of classes, routes and texts don't.
    private static func isPassword(_ value: ArraySlice<UInt8>) -> Bool {
        if isPathOrKey(value) { return false }
        let hasSign = value.contains { "!@#$%^&*".utf8.contains($0) }
        let hasDigit = value.contains(where: SecretText.isDigit)
        let hasLetter = value.contains(where: SecretText.isLetter)
        return value.allSatisfy(SecretText.isDigit) || hasLetter && (hasDigit || hasSign)
    }

    /// `/auth/reset`, `login.form.password2`, `el-input__pwd`, `#field`: where something is, or what it is called.
    private static func isPathOrKey(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first else { return true }
        if "/.#$".utf8.contains(first) || value.contains(UInt8(ascii: "/")) && value.count < 24 { return true }
        let parts = value.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":") }
        return parts.count >= 3 && parts.allSatisfy { $0.allSatisfy { SecretText.isLetter($0) || SecretText.isDigit($0) } }
            && parts.contains { $0.allSatisfy(SecretText.isLower) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        SecretText.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "-")
    }
}
