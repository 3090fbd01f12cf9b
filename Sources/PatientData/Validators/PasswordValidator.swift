/// Passwords in the clear: anything from three to sixty-four characters without white space, as far as its form goes. Only a column's name makes it one.
enum PasswordValidator {
    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        (3...64).contains(value.count) && value.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
