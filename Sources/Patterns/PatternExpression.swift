import CVectorscan

/// A regular expression over bytes, matched in time linear in the text, whatever the text (vectorscan's automata: no backtracking).
///
/// What needs backtracking (back-references, lookaround, possessive groups) is refused when it is compiled. Bytes, not characters: a dot
/// stands for one byte. Immutable, shared by all threads; each thread brings its own ``PatternScratch``.
package final class PatternExpression: @unchecked Sendable {
    package struct Options: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// ASCII letters match in either case.
        package static let ignoresCase = Options(rawValue: 1)
        /// `^` and `$` match at line breaks, too.
        package static let multiline = Options(rawValue: 2)
        /// A dot matches a line feed, too.
        package static let dotMatchesLineFeed = Options(rawValue: 4)
    }

    /// Expressions longer than this, or that repeat more parts than this when written out, are refused before the library spends seconds on them.
    package static let byteLimit = 4_096
    package static let stateLimit = 5_000

    let database: OpaquePointer

    /// - Parameter pattern: PCRE's syntax, as far as vectorscan has it (Hyperscan developer's reference, "Pattern Support").
    /// - Throws: ``PatternSet/CompileError`` with the library's words.
    package init(_ pattern: String, options: Options = []) throws(PatternSet.CompileError) {
        let bytes = Array(pattern.utf8)
        guard bytes.count <= PatternExpression.byteLimit, !bytes.contains(0) else {
            throw PatternSet.CompileError(description: "longer than \(PatternExpression.byteLimit) bytes, or with a NUL")
        }
        let size = try ExpressionSize.estimate(bytes)
        guard size <= PatternExpression.stateLimit else { throw PatternSet.CompileError(description: "its repetitions write out to \(size) parts") }
        var flags = UInt32(HS_FLAG_SINGLEMATCH) | UInt32(HS_FLAG_ALLOWEMPTY)
        if options.contains(.ignoresCase) { flags |= UInt32(HS_FLAG_CASELESS) }
        if options.contains(.multiline) { flags |= UInt32(HS_FLAG_MULTILINE) }
        if options.contains(.dotMatchesLineFeed) { flags |= UInt32(HS_FLAG_DOTALL) }
        var made: OpaquePointer?
        var failure: UnsafeMutablePointer<hs_compile_error_t>?
        let status = hs_compile(pattern, flags, UInt32(HS_MODE_BLOCK), nil, &made, &failure)
        guard status == HS_SUCCESS, let made else {
            let reason = failure.flatMap { $0.pointee.message.map { String(cString: $0) } } ?? "vectorscan: status \(status)"
            hs_free_compile_error(failure)
            throw PatternSet.CompileError(description: reason)
        }
        database = made
    }

    deinit { hs_free_database(database) }

    /// Whether the expression matches anywhere in `bytes`.
    package func matches(_ bytes: UnsafeRawBufferPointer, _ scratch: PatternScratch) -> Bool {
        guard let pointer = scratch.pointer else { return false }
        var found = false
        // The library takes no null pointer, but an empty text may match.
        var nothing: CChar = 0
        withUnsafePointer(to: &nothing) { nothing in
            let base = bytes.count > 0 ? bytes.baseAddress?.assumingMemoryBound(to: CChar.self) ?? nothing : nothing
            withUnsafeMutablePointer(to: &found) { found in
                _ = hs_scan(
                    database, base, UInt32(clamping: bytes.count), 0, pointer,
                    { _, _, _, _, context in
                        context?.assumingMemoryBound(to: Bool.self).pointee = true
                        return 1
                    }, found)
            }
        }
        return found
    }
}
