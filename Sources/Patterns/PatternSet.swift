import CVectorscan

/// Many literals looked for at once, in one pass over the bytes (vectorscan's literal matchers).
///
/// Immutable, shared by all threads; each thread brings its own ``PatternScratch``.
package final class PatternSet: @unchecked Sendable {
    package struct Literal: Hashable, Sendable {
        package var bytes: [UInt8]
        /// What a hit reports. Several literals may share one.
        package var id: UInt32
        /// ASCII letters match in either case.
        package var ignoresCase: Bool

        package init(_ text: String, id: UInt32, ignoresCase: Bool = true) { self.init(bytes: Array(text.utf8), id: id, ignoresCase: ignoresCase) }

        package init(bytes: [UInt8], id: UInt32, ignoresCase: Bool = true) {
            self.bytes = bytes
            self.id = id
            self.ignoresCase = ignoresCase
        }
    }

    package struct CompileError: Error, CustomStringConvertible {
        package var description: String

        package init(description: String) { self.description = description }
    }

    /// Nil when there is no literal: nothing is ever found then.
    let database: OpaquePointer?

    /// - Throws: ``CompileError`` for an empty literal, or when the library refuses.
    package init(_ literals: [Literal]) throws(CompileError) {
        guard !literals.isEmpty else {
            database = nil
            return
        }
        guard literals.allSatisfy({ !$0.bytes.isEmpty }) else { throw CompileError(description: "an empty literal matches everywhere") }
        var made: OpaquePointer?
        var failure: UnsafeMutablePointer<hs_compile_error_t>?
        let status = PatternSet.compile(literals, &made, &failure)
        guard status == HS_SUCCESS, let made else {
            let reason = failure.flatMap { $0.pointee.message.map { String(cString: $0) } } ?? "vectorscan: status \(status)"
            hs_free_compile_error(failure)
            throw CompileError(description: reason)
        }
        database = made
    }

    deinit { hs_free_database(database) }

    private static func compile(
        _ literals: [Literal], _ made: inout OpaquePointer?, _ failure: inout UnsafeMutablePointer<hs_compile_error_t>?
    ) -> hs_error_t {
        // The library's interface for literals takes one that begins with NUL for an empty one (it looks at the first byte, not at the length): a set
        // with such a literal goes in as expressions.
        let isText = literals.contains { $0.bytes.first == 0 }
        let written = isText ? literals.map { $0.bytes.flatMap(escaped) + [0] } : literals.map(\.bytes)
        // One allocation for all bytes: the library takes pointers and lengths.
        let joined = written.flatMap { $0 }.map { CChar(bitPattern: $0) }
        return joined.withUnsafeBufferPointer { bytes in
            var offset = 0
            var starts: [UnsafePointer<CChar>?] = []
            for literal in written {
                starts.append(bytes.baseAddress.map { $0 + offset })
                offset += literal.count
            }
            let flags = literals.map { $0.ignoresCase ? UInt32(HS_FLAG_CASELESS) : 0 }
            let (ids, count, mode) = (literals.map(\.id), UInt32(literals.count), UInt32(HS_MODE_BLOCK))
            return isText
                ? hs_compile_multi(starts, flags, ids, count, mode, nil, &made, &failure)
                : hs_compile_lit_multi(starts, flags, ids, written.map(\.count), count, mode, nil, &made, &failure)
        }
    }

    /// `\x2f`: a byte as expressions write it.
    private static func escaped(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Calls `hit` with the literal's id and where it ends, for every occurrence of every literal, in the order of their ends.
    /// - Parameter hit: false stops the scan.
    package func scan(_ bytes: UnsafeRawBufferPointer, _ scratch: PatternScratch, _ hit: (_ id: UInt32, _ end: Int) -> Bool) {
        guard let database, let scratch = scratch.pointer, bytes.count > 0, let base = bytes.baseAddress else { return }
        withoutActuallyEscaping(hit) { hit in
            var box = HitBox(hit: hit)
            withUnsafeMutablePointer(to: &box) { box in
                // The length's type is the library's: callers scan chunks, never more than 4 GiB at once.
                _ = hs_scan(
                    database, base.assumingMemoryBound(to: CChar.self), UInt32(clamping: bytes.count), 0, scratch,
                    { id, _, end, _, context in
                        guard let box = context?.assumingMemoryBound(to: HitBox.self) else { return 1 }
                        return box.pointee.hit(id, Int(clamping: end)) ? 0 : 1
                    }, box)
            }
        }
    }

    private struct HitBox {
        var hit: (UInt32, Int) -> Bool
    }
}
