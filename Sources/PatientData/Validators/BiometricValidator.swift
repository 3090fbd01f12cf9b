/// Biometric data as text: images in base64 or hexadecimal by the first bytes of their format, vectors of numbers, ISO/IEC 19794 records (FMR, FIR, FAC, IIR).
/// Only a column's name makes it biometric: other images look alike.
enum BiometricValidator {
    /// JPEG, PNG, BMP, GIF, JPEG 2000, WSQ and ISO records in base64; JPEG, PNG and ISO records in hexadecimal.
    private static let heads: [StaticString] = [
        "/9j/", "iVBORw0KGgo", "Qk", "R0lGOD", "AAAADGpQ", "/6D/", "Rk1S", "RklS", "RkFD", "SUlS", "\\xffd8ff", "\\x89504e47", "\\x464d5200",
        "\\x46495200",
        "\\x46414300", "data:image/",
    ]

    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= 32 else { return false }
        return heads.contains { value.starts(with: $0) } || isVector(value)
    }

    /// `[0.12,-0.53,…]`: at least sixteen numbers.
    private static func isVector(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var commas = 0
        var points = 0
        for byte in value {
            switch byte {
            case 0x2C: commas += 1
            case 0x2E: points += 1
            case 0x30...0x39, 0x20, 0x2D, 0x5B, 0x5D, 0x65, 0x45, 0x2B, 0x7B, 0x7D: break
            default: return false
            }
        }
        return commas >= 15 && points >= commas
    }
}
