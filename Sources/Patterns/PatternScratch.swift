import CVectorscan

/// The working memory of one thread for the ``PatternSet`` and ``PatternExpression`` values it was made for.
package final class PatternScratch {
    var pointer: OpaquePointer?

    /// - Throws: ``PatternSet/CompileError`` when there is no memory.
    package init(for set: PatternSet) throws(PatternSet.CompileError) {
        if let database = set.database { try grow(for: database) }
    }

    /// - Throws: ``PatternSet/CompileError`` when there is no memory.
    package init(for expressions: [PatternExpression]) throws(PatternSet.CompileError) {
        for expression in expressions { try grow(for: expression.database) }
    }

    deinit { hs_free_scratch(pointer) }

    /// The library makes the memory fit one database more, and keeps it fit for those before.
    private func grow(for database: OpaquePointer) throws(PatternSet.CompileError) {
        guard hs_alloc_scratch(database, &pointer) == HS_SUCCESS else { throw PatternSet.CompileError(description: "no memory for scanning") }
    }
}
