import Findings
import Probes
import TestSupport
import Testing

/// What brokers say of themselves, and conversations of more than one connection.
@Suite("Conversations with brokers")
struct BrokerConversationTests {
    @Test("a ZooKeeper that forbids the words that others rely on is found open by its session")
    func zooKeeperWithoutWords() {
        var words: [String] = []
        let peer = PretendPeer { request, connection, turn in
            guard request.count > 4 else {
                words.append(String(decoding: request, as: UTF8.self))
                return .bytes(Replies.ZooKeeper.forbidden)
            }
            guard connection == 0 else { return .close }
            return .bytes([Replies.ZooKeeper.session(), Replies.ZooKeeper.children(["a"]), Replies.ZooKeeper.closed][min(turn, 2)])
        }
        let run = ProbeRun.talk(.zooKeeper, peer)
        #expect(run.authentication == .notRequired)
        #expect(words == ["srvr"])
        #expect(run.sent.count == 4)
        #expect(run.reading?.version == nil)
    }

    @Test("ZooKeeper's version comes without its revision; ClickHouse Keeper is called by its name")
    func zooKeeperVersion() {
        func reading(_ words: [UInt8]) -> ServiceReading? {
            let replies = [Replies.ZooKeeper.session(), Replies.ZooKeeper.children(["a", "b"]), Replies.ZooKeeper.closed, words]
            return ProbeRun.talk(.zooKeeper, .script(replies.map { .bytes($0) })).reading
        }
        #expect(reading(Replies.ZooKeeper.words)?.version == "3.8.0")
        #expect(reading(Replies.ZooKeeper.words)?.evidence.first?.facts == ["nodes": .count(2)])
        let keeper = reading(Array("ClickHouse Keeper version: v23.8.2.7-stable-abc, built on\n".utf8))
        #expect(keeper?.product == "ClickHouse Keeper")
        #expect(keeper?.version == "23.8.2.7")
    }

    @Test("a ZooKeeper without a quorum hangs up on sessions, and says why in words; one that never says a word may want TLS")
    func zooKeeperIdle() {
        let idle = ProbeRun.talk(.zooKeeper, PretendPeer { request, _, _ in request.count > 4 ? .close : .bytes(Replies.ZooKeeper.idle) })
        #expect(idle.authentication == .unknown)
        #expect(idle.key == "exposure.zookeeper-no-session")
        #expect(ProbeRun.talk(.zooKeeper, PretendPeer { _, _, _ in .close }).result == .perhapsTLS)
    }

    @Test("a Kafka listener with SASL hangs up on metadata, and is asked for its mechanisms without logging in", arguments: [33, 0] as [UInt16])
    func kafkaSASL(error: UInt16) {
        let mechanisms = Replies.Kafka.mechanisms(Replies.Kafka.first + 2, error: error, ["PLAIN", "SCRAM-SHA-512", "张三"])
        let peer = PretendPeer { _, connection, turn in
            if connection == 1 { return .bytes(mechanisms) }
            return turn == 0 ? .bytes(Replies.Kafka.versions()) : .close
        }
        let run = ProbeRun.talk(.kafka, peer)
        #expect(run.authentication == .required)
        #expect(run.reading?.evidence.first?.facts["mechanisms"] == .list(["PLAIN", "SCRAM-SHA-512"]))
        #expect(run.sent.count == 3)
    }

    @Test("a listener that hangs up and knows no SASL is not called closed")
    func kafkaHangsUp() {
        let illegal = Replies.Kafka.response(Replies.Kafka.first + 2, [0, 34, 0, 0, 0, 0])
        for reply in [PretendPeer.Reply.bytes(illegal), .close] {
            let peer = PretendPeer { _, connection, turn in
                if connection > 0 { return reply }
                return turn == 0 ? .bytes(Replies.Kafka.versions()) : .close
            }
            #expect(ProbeRun.talk(.kafka, peer).authentication == .unknown)
        }
    }

    @Test("RabbitMQ's default account is tried once, only when asked for", arguments: [true, false])
    func rabbitMQ(letsIn: Bool) throws {
        let type = try #require(ProbeRegistry.probe(for: .rabbitMQ) as? any PasswordProbe.Type)
        let account = try #require(type.defaultAccounts(of: .rabbitMQ).first)
        let replies = [Replies.AMQP.start("PLAIN AMQPLAIN"), letsIn ? Replies.AMQP.tune : Replies.AMQP.close(403), Replies.AMQP.opened]
        let run = ProbeRun.talk(
            ProbeSession(type.init(ProbePeer(host: "192.0.2.1", port: 1), account: account)), .script(replies.map { .bytes($0) }))
        #expect(run.authentication == (letsIn ? .notRequired : .required))
        #expect(run.key == (letsIn ? "exposure.amqp-login" : "exposure.refused"))
        #expect(run.reading?.version == "3.13.1")
        #expect(!run.farewell.isEmpty)
        #expect(run.sent.filter { String(decoding: $0, as: UTF8.self).contains("guest\u{0}guest") }.count == 1)
        #expect(ProbeRun.talk(.rabbitMQ, .script(replies.map { .bytes($0) })).sent.count == 1)
    }

    @Test("MQTT subscribes to the broker's version and to a name that nobody uses, and takes both back")
    func mqtt() {
        let replies = [Replies.MQTT.connected(0), Replies.MQTT.subscribed([0, 0]), Replies.MQTT.version + Replies.MQTT.pong]
        let run = ProbeRun.talk(.mqtt, .script(replies.map { .bytes($0) }))
        #expect(run.reading?.product == "Mosquitto")
        #expect(run.reading?.version == "2.0.18")
        let subscription = String(decoding: run.sent[1], as: UTF8.self)
        #expect(subscription.contains("$SYS/broker/version") && subscription.contains("suwen/"))
        #expect(!subscription.contains("#") && !subscription.contains("+"))
        #expect(run.farewell.first == 0xA2)
        #expect(run.farewell.suffix(2) == [0xE0, 0])
        // A clean session, without user name, password and will.
        #expect(run.sent[0][9] == 0x02)
    }

    @Test("what others publish meanwhile is neither kept nor shown")
    func mqttOtherTopics() {
        let noise = Replies.MQTT.publish("ward/3/patient", "张三")
        let replies = [Replies.MQTT.connected(0), noise + Replies.MQTT.subscribed([0, 0]), noise + Replies.MQTT.pong]
        let run = ProbeRun.talk(.mqtt, .script(replies.map { .bytes($0) }))
        #expect(run.authentication == .notRequired)
        #expect(run.reading?.version == nil)
        #expect(run.reading?.evidence == [Message("exposure.mqtt-subscribed")])
    }

    @Test("a NATS that demands TLS is asked inside TLS")
    func natsDemandsTLS() {
        let peer = PretendPeer(greeting: Replies.NATS.information(#","tls_required":true"#)) { request, _, _ in
            String(decoding: request, as: UTF8.self).contains(#""tls_required":true"#) ? .bytes(Array("+OK\r\nPONG\r\n".utf8)) : .close
        }
        let run = ProbeRun.talk(.nats, peer)
        #expect(run.startedTLS)
        #expect(run.reading?.usesTLS == true)
        #expect(run.authentication == .notRequired)
        #expect(run.reading?.version == "2.10.4")
    }

    @Test("a NATS that begins with TLS is silent: only where it is expected does that hint at TLS")
    func natsBeginsWithTLS() {
        #expect(ProbeRun.talk(.nats, .script([])).result == .perhapsTLS)
        var elsewhere = ProbeRegistry.probe(for: .nats)?.init(ProbePeer(host: "192.0.2.1", port: 1, expected: .redis))
        _ = elsewhere?.connected()
        #expect(elsewhere?.ended(.silent) == .done(.other))
    }

    @Test("ActiveMQ tells its version; Artemis is called by its name")
    func activeMQ() {
        func reading(_ provider: String) -> ServiceReading? {
            ProbeRun.talk(.activeMQ, .script([.bytes(Replies.ActiveMQ.wireFormat(provider: provider)), .bytes(Replies.ActiveMQ.granted)])).reading
        }
        #expect(reading("ActiveMQ")?.version == "5.17.2")
        #expect(reading("ActiveMQ")?.product == nil)
        #expect(reading("ApacheActiveMQArtemis")?.product == "ActiveMQ Artemis")
    }

    @Test("RocketMQ's brokers and clusters are counted, whatever their names hold")
    func rocketMQ() {
        let run = ProbeRun.talk(.rocketMQ, .script([.bytes(Replies.RocketMQ.response(0, body: Replies.RocketMQ.cluster))]))
        #expect(run.reading?.evidence.first?.facts == ["brokers": .count(2), "clusters": .count(1)])
        let empty = Replies.RocketMQ.response(0, body: #"{"brokerAddrTable":{},"clusterAddrTable":{}}"#)
        #expect(ProbeRun.talk(.rocketMQ, .script([.bytes(empty)])).reading?.evidence.first?.facts["brokers"] == .count(0))
    }

    @Test("the nodes of a port mapper that was moved are counted too")
    func erlangPortMapper() {
        let nodes = [0, 0, 0x5F, 0x31] + Array("name rabbit at port 25672\n".utf8)
        func run(port: UInt16) -> ProbeRun? {
            ProbeRegistry.probe(for: .erlangPortMapper).map {
                ProbeRun.talk(ProbeSession($0.init(ProbePeer(host: "192.0.2.1", port: port))), .script([.bytes(nodes)]))
            }
        }
        #expect(run(port: 0x5F31)?.reading?.evidence.first?.facts["nodes"] == .count(1))
        #expect(run(port: 1)?.result == .other)
    }

    @Test(
        "a hang-up without a word hints at TLS",
        arguments: [Service.kafka, .rabbitMQ, .mqtt, .activeMQ, .rocketMQ, .dubbo])
    func hintsAtTLS(_ service: Service) {
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .close }).result == .perhapsTLS)
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .silence }).result == .other)
    }

    @Test(
        "an echo is nobody",
        arguments: [Service.kafka, .zooKeeper, .rabbitMQ, .mqtt, .activeMQ, .rocketMQ, .dubbo, .erlangPortMapper])
    func echo(_ service: Service) {
        #expect(ProbeRun.talk(service, PretendPeer { request, _, _ in .bytes(request) }).result == .other)
    }

    @Test("servers that speak first are known by their greeting")
    func greetings() {
        func service(_ greeting: [UInt8]) -> Service? {
            ProbeRun.talk(ProbeSession(GreetingProbe(ProbePeer(host: "192.0.2.1", port: 1))), PretendPeer(greeting: greeting) { _, _, _ in .close })
                .reading?.service
        }
        #expect(service(Replies.NATS.information()) == .nats)
        #expect(service(Replies.ActiveMQ.wireFormat()) == .activeMQ)
    }
}
