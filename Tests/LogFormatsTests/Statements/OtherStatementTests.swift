import LogFormats
import Testing

@Suite struct OtherStatementTests {
    @Test(arguments: [
        (#""KEYS" "*""#, StatementReading.Kind.keyScan, true), (#""KEYS" "patient:*""#, .keyScan, false), (#""SCAN" "0""#, .keyScan, true),
        (#""SCAN" "0" "MATCH" "patient:*" "COUNT" "10""#, .keyScan, false), (#""get" "patient:1""#, .keyRead, false),
        (#""DUMP" "a""#, .keyDump, false),
        (#""MIGRATE" "203.0.113.9" "6379" "" "0" "5000" "KEYS" "a""#, .replicate, true), (#""PSYNC" "?" "-1""#, .replicate, true),
        (#""CONFIG" "SET" "maxmemory" "1gb""#, .configure, false), (#""CONFIG" "SET" "requirepass" "x""#, .privilegeChange, false),
        (#""ACL" "SETUSER" "eve" "on""#, .privilegeChange, false), (#""SLOWLOG" "RESET""#, .logControl, false), (#""FLUSHALL""#, .keyFlush, false),
        (#""MONITOR""#, .monitor, false), ("REPLICAOF 203.0.113.9:6379", .replicate, true), (#""PING""#, .other, false),
        (#""BGSAVE""#, .keyDump, true),
    ]) func commandsOfRedisAreTold(statement: String, kind: StatementReading.Kind, isWhole: Bool) {
        let reading = Reading(statement, .redis).reading
        #expect(reading.kind == kind)
        #expect(reading.readsWholeTable == isWhole)
    }

    @Test func keysAreGroupedByWhatStandsBeforeTheirNumbers() {
        #expect(Reading(#""GET" "patient:17""#, .redis).tables == ["patient"])
        #expect(Reading(#""SCAN" "0" "COUNT" "10" "MATCH" "patient:*""#, .redis).tables == ["patient"])
        #expect(Reading(#""GET" "patient:1""#, .redis).reading.fingerprint == Reading(#""get" "patient:29""#, .redis).reading.fingerprint)
        #expect(Reading(#""GET" "patient:1""#, .redis).reading.fingerprint != Reading(#""GET" "session:1""#, .redis).reading.fingerprint)
        #expect(Reading(#""CONFIG" "SET" "dir" "/var/spool/cron""#, .redis).reading.signs == .writesScript)
        #expect(Reading(#""MODULE" "LOAD" "/tmp/x.so""#, .redis).reading.runsProgram)
    }

    @Test(arguments: [
        (#"{"find":"patient","filter":{},"$db":"clinic"}"#, StatementReading.Kind.select, true),
        (#"{"find":"patient","$db":"clinic"}"#, .select, true),
        (#"{"find":"patient","filter":{"_id":5},"$db":"clinic"}"#, .select, false), (#"{"find":"patient","filter":{},"limit":20}"#, .select, false),
        (#"{"find":"patient","filter":{},"limit":0}"#, .select, true), (#"{"aggregate":"patient","pipeline":[{"$match":{"a":1}}]}"#, .select, false),
        (#"{"aggregate":"patient","pipeline":[],"cursor":{}}"#, .select, true), (#"{"getMore":5,"collection":"patient"}"#, .select, false),
        (#"{"createUser":"eve","pwd":"xxx"}"#, .privilegeChange, false), (#"{"hello":1}"#, .other, false),
    ]) func commandsOfMongoDBAreTold(statement: String, kind: StatementReading.Kind, isWhole: Bool) {
        let reading = Reading(statement, .mongoDB)
        #expect(reading.reading.kind == kind)
        #expect(reading.reading.readsWholeTable == isWhole)
        if kind == .select { #expect(reading.tables.first?.hasSuffix("patient") == true) }
    }

    @Test(arguments: [
        ("patient", true), ("t_patients", true), ("PatientInfo", true), ("HIS_BRXX", true), ("患者信息", true), ("sys_user", true), ("users", true),
        ("mz_chufang_mx", true), ("rx", true), ("id_card_image", true), ("userland", false), ("orders", false), ("sessions", false),
        ("schema_version", false), ("prx_cache", false), ("pgbench_accounts", false), ("", false),
    ]) func tablesOfPeopleAreKnownByTheirNames(name: String, holds: Bool) {
        let names = SensitiveNames()
        #expect(Array(name.utf8).withUnsafeBytes { names.holds($0) } == holds)
    }

    @Test func programsAreKnownByTheirNames() {
        func program(_ name: String) -> ClientProgram? { Array(name.utf8).withUnsafeBytes { ClientProgram.of($0) } }
        #expect(program("DBeaver 23.3.0 - SQLEditor <Script.sql>") == .interactive)
        #expect(program("pg_dump") == .dump)
        #expect(program("his-backend") == .other)
        #expect(program("") == nil)
    }
}
