import Foundation
import LogFormats
import Testing

@Suite struct RedisMongoLogTests {
    @Test func redissLogTellsConnectionsReplicasAndAttacks() throws {
        let log = try Fixture.read("redis.log")
        #expect(log.of(.connect).count > 10)
        #expect(log.of(.connect).allSatisfy { $0.client == "127.0.0.1" })
        #expect(log.of(.query).map(\.statement) == ["REPLICAOF 127.0.0.1:1"])
        #expect(log.of(.query).first?.account == "default")
        #expect(log.of(.error).contains { $0.message?.hasPrefix("Possible SECURITY ATTACK") == true })
        #expect(log.of(.logControl).contains { $0.message?.hasPrefix("User requested shutdown") == true })
    }

    @Test func aReplicaThatAsksForEverythingIsAStatement() throws {
        let text = "5:M 02 Jan 2026 03:04:05.678 * Replica 203.0.113.9:6379 asks for synchronization\n"
        let event = try #require(try ReadLog("redis", text).events.first)
        #expect((event.action == .query) && (event.statement == "PSYNC") && (event.client == "203.0.113.9"))
        #expect(event.time == 1_767_294_245)
    }

    @Test func whatASignalHandlerSaysHasItsOwnStamp() throws {
        let log = try ReadLog("redis", "4826:signal-handler (1795647202) Received SIGTERM scheduling shutdown...\n")
        let event = try #require(log.events.first)
        #expect((event.time == 1_795_647_202) && (event.action == .logControl) && (event.message == "Received SIGTERM scheduling shutdown..."))
        #expect(try ReadLog("redis", "4826:signal-handler (17956472021795647202) Received SIGTERM\n").unparsed == 1)
        #expect(try ReadLog("redis", "4826:signal-handler (1795647202 Received SIGTERM\n").unparsed == 1)
    }

    @Test func whoHasSaidNoNameHasNone() throws {
        let line = "5:M 02 Jan 2026 03:04:05.678 - Client closed connection id=3 addr=203.0.113.9:51910 db=0 user=NAME redir=-1 resp=2\n"
        let accounts = try ["default", "doctor"].map { name in
            try ReadLog("redis", line.replacingOccurrences(of: "NAME", with: name)).events.first?.account
        }
        #expect(accounts == [nil, "doctor"])
    }

    @Test func monitorGivesEveryCommandWithItsClient() throws {
        let log = try Fixture.read("redis-monitor.log")
        #expect(log.statements.contains(#""KEYS" "*""#))
        #expect(log.statements.contains(#""HGETALL" "session:9""#))
        #expect(log.events.first { $0.statement == #""HGETALL" "session:9""# }?.database == "3")
        #expect(log.events.contains { $0.isLocal && $0.statement == #""GET" "patient:1""# })
        // The password is hidden by the server; whether it was right isn't said.
        #expect(log.of(.login).allSatisfy { $0.outcome == .unknown && $0.client == "127.0.0.1" })
    }

    private static let mongo = #"""
        {"t":{"$date":"2026-01-02T03:04:05.123+08:00"},"s":"I",  "c":"NETWORK",  "id":22943,   "ctx":"listener","msg":"Connection accepted","attr":{"remote":"203.0.113.9:50000","uuid":{"uuid":{"$uuid":"a3f5a1de-0000-4000-8000-000000000000"}},"connectionId":8,"connectionCount":1}}
        {"t":{"$date":"2026-01-02T03:04:06.123+08:00"},"s":"I",  "c":"ACCESS",   "id":20249,   "ctx":"conn8","msg":"Authentication failed","attr":{"mechanism":"SCRAM-SHA-256","speculative":true,"principalName":"root","authenticationDatabase":"admin","remote":"203.0.113.9:50000","extraInfo":{},"error":"UserNotFound: Could not find user \"root\" for db \"admin\""}}
        {"t":{"$date":"2026-01-02T03:04:07.123+08:00"},"s":"I",  "c":"ACCESS",   "id":20250,   "ctx":"conn8","msg":"Authentication succeeded","attr":{"mechanism":"SCRAM-SHA-256","speculative":true,"principalName":"doctor","authenticationDatabase":"admin","remote":"203.0.113.9:50000","extraInfo":{}}}
        {"t":{"$date":"2026-01-02T03:04:08.123+08:00"},"s":"I",  "c":"COMMAND",  "id":51803,   "ctx":"conn8","msg":"Slow query","attr":{"type":"command","ns":"clinic.patient","appName":"MongoDB Compass","command":{"find":"patient","filter":{},"lsid":{"id":{"$uuid":"a3f5a1de-0000-4000-8000-000000000000"}},"$db":"clinic"},"planSummary":"COLLSCAN","nreturned":101,"reslen":16000,"remote":"203.0.113.9:50000","protocol":"op_msg","durationMillis":120}}
        {"t":{"$date":"2026-01-02T03:04:09.123+08:00"},"s":"I",  "c":"NETWORK",  "id":22944,   "ctx":"conn8","msg":"Connection ended","attr":{"remote":"203.0.113.9:50000","connectionId":8,"connectionCount":0}}

        """#

    @Test func mongoDBsLogTellsLoginsAndSlowStatements() throws {
        let log = try ReadLog("mongodb", Self.mongo)
        #expect(log.unparsed == 0)
        #expect(log.events.map(\.action) == [.connect, .login, .login, .query, .disconnect])
        #expect(log.events.map(\.outcome) == [.unknown, .failure, .success, .success, .unknown])
        #expect(log.events.allSatisfy { $0.client == "203.0.113.9" })
        let query = log.events[3]
        #expect((query.account == "doctor") && (query.database == "clinic") && (query.application == "MongoDB Compass"))
        #expect((query.rows == 101) && (query.bytes == 16_000) && (query.duration == 120_000))
        #expect(query.statement?.hasPrefix(#"{"find":"patient","filter":{}"#) == true)
    }
}
