import CMariaDB

/// The values of one parameter of a prepared statement, a row each.
package struct MySQLValues {
    package enum Kind: Sendable, Hashable {
        case integer
        case unsigned
        /// UTF-8.
        case text
        case bytes
    }

    package let kind: Kind
    /// One behind the other.
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = [0]
    private(set) var integers: [Int64] = []
    private(set) var indicators: [CChar] = []

    package init(_ kind: Kind) { self.kind = kind }

    package var count: Int { indicators.count }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        ends.append(0)
        integers.removeAll(keepingCapacity: true)
        indicators.removeAll(keepingCapacity: true)
    }

    package mutating func removeLast() {
        guard indicators.popLast() != nil else { return }
        if isNumber {
            integers.removeLast()
        } else {
            ends.removeLast()
            bytes.removeSubrange((ends.last ?? 0)...)
        }
    }

    private var isNumber: Bool { kind == .integer || kind == .unsigned }

    private mutating func close(_ indicator: Int32) {
        indicators.append(CChar(indicator))
        if !isNumber { ends.append(bytes.count) }
    }

    package mutating func appendNull() {
        if isNumber { integers.append(0) }
        close(STMT_INDICATOR_NULL.rawValue)
    }

    /// - Parameter value: an unsigned one by its bits.
    package mutating func append(_ value: Int64) {
        integers.append(value)
        close(0)
    }

    package mutating func append(_ value: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: value)
        close(0)
    }

    /// Appends what `write` appends to the bytes, as one value.
    package mutating func appendValue<R>(_ write: (inout [UInt8]) throws -> R) throws -> R {
        let result = try write(&bytes)
        close(0)
        return result
    }

    /// Bytes of the value that was appended last.
    package var lastLength: Int { ends.count > 1 ? ends[ends.count - 1] - ends[ends.count - 2] : 0 }

    func length(_ row: Int) -> Int { isNumber ? 8 : ends[row + 1] - ends[row] }

    fileprivate var type: enum_field_types {
        switch kind {
        case .integer, .unsigned: MYSQL_TYPE_LONGLONG
        case .text: MYSQL_TYPE_STRING
        case .bytes: MYSQL_TYPE_BLOB
        }
    }
}

/// A prepared statement that is run for many rows at once: in MariaDB in one message (`COM_STMT_BULK_EXECUTE`), in MySQL, which has no such, row by row.
package final class MySQLStatement {
    private let session: MySQLSession
    private let statement: UnsafeMutablePointer<MYSQL_STMT>
    /// Bytes of values in one message, well below what the server takes.
    private let budget: Int

    package init(_ session: MySQLSession, _ sql: String) throws {
        self.session = session
        guard let statement = mysql_stmt_init(session.connection.handle) else { throw session.failure() }
        self.statement = statement
        budget = min(4 << 20, session.packetLimit / 2)
        guard mysql_stmt_prepare(statement, sql, UInt(sql.utf8.count)) == 0 else { throw failure() }
    }

    deinit { mysql_stmt_close(statement) }

    private func failure() -> MySQLFailure {
        let text = ServerMessage.masked(String(cString: mysql_stmt_error(statement)))
        let code = mysql_stmt_errno(statement)
        let opening = session.connection.opening
        if opening.watch.alarm == .silent { return MySQLFailure(code: code, error: opening.error(.unreachable("no answer in time"))) }
        return MySQLFailure(code: code, error: opening.error(.failed("error \(code): \(text)")))
    }

    /// - Parameter values: of each parameter, all of the same count.
    /// - Returns: how many rows it has changed.
    package func run(_ values: [MySQLValues]) throws -> Int {
        let count = values.first?.count ?? 0
        var affected = 0
        var start = 0
        while start < count {
            var end = start
            var size = 0
            repeat {
                size += values.reduce(0) { $0 + $1.length(end) }
                end += 1
            } while end < count && size < budget && session.isMariaDB
            affected += try run(values, start..<(session.isMariaDB ? end : start + 1))
            start = end
        }
        return affected
    }

    private func run(_ values: [MySQLValues], _ rows: Range<Int>) throws -> Int {
        let arena = BindArena(values, rows, isArray: session.isMariaDB)
        if session.isMariaDB {
            var size = UInt32(rows.count)
            mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &size)
        }
        session.connection.opening.watch.expect(within: Patience.batch)
        defer { session.connection.opening.watch.expect(within: nil) }
        guard mysql_stmt_bind_param(statement, arena.binds.baseAddress) == 0, mysql_stmt_execute(statement) == 0 else { throw failure() }
        return Int(clamping: mysql_stmt_affected_rows(statement))
    }
}

/// The C structures that tell the library where the values of some rows are. Copies the values' bytes once, since Swift's arrays lend their memory
/// only within a call.
private final class BindArena {
    let binds: UnsafeMutableBufferPointer<MYSQL_BIND>
    private var allocations: [UnsafeMutableRawBufferPointer] = []

    init(_ values: [MySQLValues], _ rows: Range<Int>, isArray: Bool) {
        binds = .allocate(capacity: values.count)
        for (index, column) in values.enumerated() {
            var bind = MYSQL_BIND()
            bind.buffer_type = column.type
            bind.is_unsigned = column.kind == .unsigned ? 1 : 0
            let lengths = allocate(rows.count, of: UInt.self)
            for (place, row) in rows.enumerated() { lengths[place] = UInt(column.length(row)) }
            bind.length = lengths.baseAddress
            let indicators = allocate(rows.count, of: CChar.self)
            for (place, row) in rows.enumerated() { indicators[place] = column.indicators[row] }
            if isArray {
                bind.u.indicator = indicators.baseAddress
            } else {
                // A NULL's indicator is 1, which is also what is_null points at.
                bind.is_null = indicators.baseAddress
            }
            if column.kind == .integer || column.kind == .unsigned {
                let numbers = allocate(rows.count, of: Int64.self)
                for (place, row) in rows.enumerated() { numbers[place] = column.integers[row] }
                bind.buffer = UnsafeMutableRawPointer(numbers.baseAddress)
            } else {
                let base = column.ends[rows.lowerBound]
                let all = column.ends[rows.upperBound] - base
                let copy = allocate(max(1, all), of: UInt8.self)
                column.bytes.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(copy).copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[base..<base + all]))
                }
                bind.buffer_length = UInt(all)
                if isArray {
                    let pointers = allocate(rows.count, of: UnsafeMutablePointer<UInt8>?.self)
                    for (place, row) in rows.enumerated() { pointers[place] = copy.baseAddress.map { $0 + (column.ends[row] - base) } }
                    bind.buffer = UnsafeMutableRawPointer(pointers.baseAddress)
                } else {
                    bind.buffer = UnsafeMutableRawPointer(copy.baseAddress)
                }
            }
            binds.initializeElement(at: index, to: bind)
        }
    }

    deinit {
        for memory in allocations { memory.deallocate() }
        binds.deallocate()
    }

    private func allocate<T>(_ count: Int, of type: T.Type) -> UnsafeMutableBufferPointer<T> {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count * MemoryLayout<T>.stride, alignment: MemoryLayout<T>.alignment)
        allocations.append(memory)
        return memory.bindMemory(to: T.self)
    }
}
