/// Writes bytes one behind the other into memory of a fixed size: no allocation and no call per value. Going past the end traps.
struct ByteCursor {
    private let start: UnsafeMutablePointer<UInt8>
    private var next: UnsafeMutablePointer<UInt8>
    private let end: UnsafeMutablePointer<UInt8>

    /// - Parameter memory: uninitialised is fine; must outlive the cursor. Nil when it is empty.
    init?(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        guard let base = memory.baseAddress else { return nil }
        start = base
        next = base
        end = base + memory.count
    }

    /// Bytes written so far.
    @inline(__always)
    var count: Int { next - start }

    @inline(__always)
    mutating func append(_ byte: UInt8) { advance(1)[0] = byte }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        advance(bytes.count).update(from: source, count: bytes.count)
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        advance(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// `value` in decimal, cut to or filled with zeros to `digits`.
    @inline(__always)
    mutating func appendDecimal(_ value: Int, digits: Int) {
        let target = advance(digits)
        var rest = UInt64(truncatingIfNeeded: value)
        var position = digits
        while position > 0 {
            position -= 1
            target[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// `value`, which isn't negative, in decimal.
    @inline(__always)
    mutating func appendDecimal(_ value: Int) {
        var digits = 1
        var rest = value / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        appendDecimal(value, digits: digits)
    }

    /// Lends what was written from byte `position` on, to be read or changed.
    @inline(__always)
    func written(from position: Int) -> UnsafeMutableBufferPointer<UInt8> {
        precondition(position >= 0 && position <= count)
        return UnsafeMutableBufferPointer(start: start + position, count: count - position)
    }

    /// Forgets what was written from byte `position` on.
    @inline(__always)
    mutating func truncate(to position: Int) {
        precondition(position >= 0 && position <= count)
        next = start + position
    }

    /// Takes `count` bytes, which the caller initialises.
    @inline(__always)
    mutating func advance(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(count >= 0 && count <= end - next)
        defer { next += count }
        return next
    }
}
