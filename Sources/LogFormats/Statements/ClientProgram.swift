/// What a client says that it is (`application_name` of PostgreSQL, `appName` of MongoDB, `program_name` of MySQL). Its own word: anybody can say anything.
package enum ClientProgram: UInt8, Sendable, CaseIterable {
    /// A person's tool.
    case interactive
    /// Writes whole databases out.
    case dump
    /// A driver or an application that names itself.
    case other

    package static func of(_ name: UnsafeRawBufferPointer) -> ClientProgram? {
        guard !name.isEmpty, name.count <= 256 else { return nil }
        for (program, start) in known where name.count >= start.utf8CodeUnitCount {
            if name.part(0..<start.utf8CodeUnitCount).isEqualIgnoringCase(to: start) { return program }
        }
        return .other
    }

    private static let known: [(ClientProgram, StaticString)] = [
        (.dump, "pg_dump"), (.dump, "pg_basebackup"), (.dump, "mysqldump"), (.dump, "mariadb-dump"), (.dump, "mysqlpump"), (.dump, "mydumper"),
        (.dump, "mongodump"), (.dump, "mongoexport"), (.dump, "pg_receivewal"), (.dump, "barman"), (.dump, "pgbackrest"), (.dump, "xtrabackup"),
        (.interactive, "psql"), (.interactive, "pgAdmin"), (.interactive, "DBeaver"), (.interactive, "DataGrip"), (.interactive, "Navicat"),
        (.interactive, "PremiumSoft Navicat"), (.interactive, "HeidiSQL"), (.interactive, "MySQLWorkbench"), (.interactive, "MySQL Workbench"),
        (.interactive, "mysql"), (.interactive, "mariadb"), (.interactive, "pgcli"), (.interactive, "mongosh"), (.interactive, "MongoDB Shell"),
        (.interactive, "MongoDB Compass"), (.interactive, "TablePlus"), (.interactive, "Toad"), (.interactive, "SQLyog"),
        (.interactive, "DbVisualizer"),
        (.interactive, "SQuirreL"), (.interactive, "Sequel Ace"), (.interactive, "IntelliJ IDEA"), (.interactive, "Robo 3T"),
        (.interactive, "Studio 3T"),
        (.interactive, "Chat2DB"), (.interactive, "Beekeeper"),
    ]
}
