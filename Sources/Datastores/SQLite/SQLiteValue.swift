/// A value as SQLite keeps it: its type is the value's own, whatever the column was declared as (https://www.sqlite.org/datatype3.html).
package enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
}

/// A value lent by a statement until its next step.
package enum SQLiteCell {
    case null
    case integer(Int64)
    case real(Double)
    /// UTF-8, whatever the database's encoding is.
    case text(UnsafeRawBufferPointer)
    case blob(UnsafeRawBufferPointer)
}

/// What SQLite refused. No value: see ``DatastoreError``.
package struct SQLiteFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Extended result code (https://www.sqlite.org/rescode.html).
    package var code: Int32
    package var error: DatastoreError

    /// Somebody else holds a lock.
    package var isBusy: Bool { code & 0xFF == 5 || code & 0xFF == 6 }
    package var isConstraint: Bool { code & 0xFF == 19 }
    package var isUniqueness: Bool { code == 2_067 || code == 1_555 }

    package var description: String { datastoreError.description }

    /// For whoever doesn't look at the code.
    package var datastoreError: DatastoreError {
        var error = error
        switch code & 0xFF {
        case 5, 6: error.problem = .failed("another program holds the database, and doesn't let go of it")
        case 8: error.problem = .badFile("the file, or its folder, can't be written", line: nil)
        case 19:
            error.problem = .failed(
                isUniqueness ? "two rows would have the same value in a unique index" : "a constraint or trigger refused a row (SQLite error \(code))"
            )
        default: break
        }
        return error
    }
}
