import Glibc
import Network
package import Patterns

extension ProgramTables {
    /// Whether a test holds for a field's value. `fieldref` also takes the other's.
    package func check(_ test: UnsafePointer<SigmaProgram.Test>, _ value: SigmaValue, other: SigmaValue, _ scratch: PatternScratch) -> Bool {
        switch value {
        case .absent: test.pointee.kind == .absent || test.pointee.kind == .null
        case .integer(let integer): check(test, integer, other, scratch)
        case .bytes(let text): check(test, text, other, scratch)
        }
    }

    private func check(_ test: UnsafePointer<SigmaProgram.Test>, _ integer: Int64, _ other: SigmaValue, _ scratch: PatternScratch) -> Bool {
        switch test.pointee.kind {
        case .number: integer == test.pointee.number
        case .comparison: compare(test, integer)
        case .exists: true
        case .empty, .null, .absent, .network: false
        case .patterns, .expression, .field: withDecimal(integer) { check(test, $0, other, scratch) }
        }
    }

    private func check(_ test: UnsafePointer<SigmaProgram.Test>, _ text: UnsafeRawBufferPointer, _ other: SigmaValue, _ scratch: PatternScratch)
        -> Bool
    {
        switch test.pointee.kind {
        case .patterns: return checkPatterns(test, text)
        case .number:
            if let integer = ByteMatching.integer(text), integer == test.pointee.number { return true }
            let written = bytes + Int(test.pointee.first)
            return text.count == Int(test.pointee.count) && text.baseAddress.map { memcmp($0, written, text.count) == 0 } ?? true
        case .empty: return isNothing(text)
        case .null: return test.pointee.hasDash && isNothing(text)
        case .exists: return true
        case .absent: return false
        case .network: return checkNetworks(test, text)
        case .expression: return expressions[Int(test.pointee.first)].matches(text, scratch)
        case .comparison: return ByteMatching.integer(text).map { compare(test, $0) } ?? false
        case .field:
            switch other {
            case .absent: return false
            case .bytes(let second): return checkPlacement(test, text, second)
            case .integer(let integer): return withDecimal(integer) { checkPlacement(test, text, $0) }
            }
        }
    }

    private func isNothing(_ text: UnsafeRawBufferPointer) -> Bool { text.count == 0 || (text.count == 1 && text[0] == 0x2D) }

    private func compare(_ test: UnsafePointer<SigmaProgram.Test>, _ integer: Int64) -> Bool {
        switch SigmaTest.Comparison(rawValue: test.pointee.variant) {
        case .less: integer < test.pointee.number
        case .lessOrEqual: integer <= test.pointee.number
        case .greater: integer > test.pointee.number
        case .greaterOrEqual: integer >= test.pointee.number
        case nil: false
        }
    }

    private func checkNetworks(_ test: UnsafePointer<SigmaProgram.Test>, _ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count <= 64, let address = IPAddress(ascii: text) else { return false }
        let embedded = address.embeddedIPv4
        for index in Int(test.pointee.first)..<Int(test.pointee.first + test.pointee.count) {
            if networks[index].contains(address) { return true }
            // ::ffff:10.0.0.1 is 10.0.0.1 as a server listening on both families writes it.
            if let embedded, networks[index].base.family == .v4, networks[index].contains(embedded) { return true }
        }
        return false
    }

    private func checkPlacement(_ test: UnsafePointer<SigmaProgram.Test>, _ text: UnsafeRawBufferPointer, _ part: UnsafeRawBufferPointer) -> Bool {
        guard let placement = SigmaTest.Placement(rawValue: test.pointee.variant), part.count <= text.count else { return false }
        if part.count == 0 { return placement != .whole || text.count == 0 }
        let isCased = test.pointee.isCased
        func equals(at start: Int) -> Bool {
            for index in 0..<part.count {
                let (a, b) = (text[start + index], part[index])
                if isCased ? a != b : ByteMatching.lower(a) != ByteMatching.lower(b) { return false }
            }
            return true
        }
        switch placement {
        case .whole: return part.count == text.count && equals(at: 0)
        case .start: return equals(at: 0)
        case .end: return equals(at: text.count - part.count)
        case .anywhere:
            // Both come from the event: bounded, so that no line makes the search quadratic.
            guard part.count <= 4_096 else { return part.count == text.count && equals(at: 0) }
            return (0...(text.count - part.count)).contains { equals(at: $0) }
        }
    }

    /// The shortest decimal form, on the stack.
    private func withDecimal(_ integer: Int64, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { buffer in
            var index = buffer.count
            var left = integer.magnitude
            repeat {
                index -= 1
                buffer[index] = UInt8(truncatingIfNeeded: 0x30 + left % 10)
                left /= 10
            } while left > 0
            if integer < 0 {
                index -= 1
                buffer[index] = 0x2D
            }
            return body(UnsafeRawBufferPointer(rebasing: buffer[index...]))
        }
    }
}
