import Patterns
import Testing

@Suite struct PatternSetTests {
    private func hits(_ literals: [PatternSet.Literal], in text: String) throws -> [String] {
        let set = try PatternSet(literals)
        let scratch = try PatternScratch(for: set)
        var found: [String] = []
        Array(text.utf8).withUnsafeBytes { bytes in
            set.scan(bytes, scratch) { id, end in
                found.append("\(id)@\(end)")
                return true
            }
        }
        return found
    }

    @Test func `finds every occurrence, in any case where asked`() throws {
        let literals = [PatternSet.Literal("union", id: 1), PatternSet.Literal("SELECT", id: 2, ignoresCase: false)]
        #expect(try hits(literals, in: "UNION select SELECT union") == ["1@5", "2@19", "1@25"])
    }

    @Test func `finds bytes that are no text`() throws {
        #expect(try hits([PatternSet.Literal(bytes: [0x00, 0xFF], id: 7, ignoresCase: false)], in: "a") == [])
        let set = try PatternSet([PatternSet.Literal(bytes: [0x00, 0xFF], id: 7, ignoresCase: false)])
        let scratch = try PatternScratch(for: set)
        var ends: [Int] = []
        [UInt8]([0x41, 0x00, 0xFF, 0x00, 0xFF]).withUnsafeBytes { bytes in
            set.scan(bytes, scratch) { _, end in
                ends.append(end)
                return true
            }
        }
        #expect(ends == [3, 5])
    }

    @Test func `stops when told to`() throws {
        let set = try PatternSet([PatternSet.Literal("a", id: 1)])
        let scratch = try PatternScratch(for: set)
        var count = 0
        Array("aaaa".utf8).withUnsafeBytes { bytes in
            set.scan(bytes, scratch) { _, _ in
                count += 1
                return count < 2
            }
        }
        #expect(count == 2)
    }

    @Test func `an empty set finds nothing, an empty literal is refused`() throws {
        #expect(try hits([], in: "anything") == [])
        #expect(throws: PatternSet.CompileError.self) { try PatternSet([PatternSet.Literal("", id: 1)]) }
    }
}
