/// Reads statements. A value for each thread; it keeps nothing from one statement to the next.
package struct StatementClassifier {
    private let table = SQLWordTable.shared

    package init() {}

    /// - Parameter reading: overwritten. Its spans point into `statement`.
    package func read(_ statement: UnsafeRawBufferPointer, _ dialect: StatementDialect, into reading: inout StatementReading) {
        reading = StatementReading()
        reading.isCut = statement.count > StatementReading.byteLimit
        let bytes = reading.isCut ? statement.part(0..<StatementReading.byteLimit) : statement
        switch dialect {
        case .postgreSQL, .mySQL:
            var reader = SQLReader(bytes, isMySQL: dialect == .mySQL, table)
            reader.read(&reading)
        case .redis: RedisCommand.read(bytes, &reading)
        case .mongoDB: MongoCommand.read(bytes, &reading)
        }
    }
}
