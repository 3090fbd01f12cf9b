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
    }

    /// Nil when there is no literal: nothing is ever found then.
    fileprivate let database: OpaquePointer?

    /// - Throws: ``CompileError`` for an empty literal, or when the library refuses.
    package init(_ literals: [Literal]) throws(CompileError) {
        guard !literals.isEmpty else {
            database = nil
            return
        }
        guard literals.allSatisfy({ !$0.bytes.isEmpty }) else { throw CompileError(description: "an empty literal matches everywhere") }
        // One allocation for all bytes: the library takes pointers and lengths.
        let joined = literals.flatMap(\.bytes).map { CChar(bitPattern: $0) }
        var made: OpaquePointer?
        var failure: UnsafeMutablePointer<hs_compile_error_t>?
        let status = joined.withUnsafeBufferPointer { bytes in
            var offset = 0
            var starts: [UnsafePointer<CChar>?] = []
            for literal in literals {
                starts.append(bytes.baseAddress.map { $0 + offset })
                offset += literal.bytes.count
            }
            let flags = literals.map { $0.ignoresCase ? UInt32(HS_FLAG_CASELESS) : 0 }
            return hs_compile_lit_multi(
                starts, flags, literals.map(\.id), literals.map(\.bytes.count), UInt32(literals.count), UInt32(HS_MODE_BLOCK), nil, &made, &failure)
        }
        guard status == HS_SUCCESS, let made else {
            let reason = failure.flatMap { $0.pointee.message.map { String(cString: $0) } } ?? "vectorscan: status \(status)"
            hs_free_compile_error(failure)
            throw CompileError(description: reason)
        }
        database = made
    }

    deinit { hs_free_database(database) }

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

/// The working memory of one thread for one ``PatternSet``.
package final class PatternScratch {
    fileprivate var pointer: OpaquePointer?

    /// - Throws: ``PatternSet/CompileError`` when there is no memory.
    package init(for set: PatternSet) throws(PatternSet.CompileError) {
        guard let database = set.database else { return }
        guard hs_alloc_scratch(database, &pointer) == HS_SUCCESS else { throw PatternSet.CompileError(description: "no memory for scanning") }
    }

    deinit { hs_free_scratch(pointer) }
}
