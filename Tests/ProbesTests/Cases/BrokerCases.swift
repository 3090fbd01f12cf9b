import Probes
import TestSupport

extension ProbeCases {
    static let brokers = zooKeeper + kafka + rabbitMQ + mqtt + nats + activeMQ + rocketMQ + dubbo + erlangPortMapper

    private static let anHTTPServer = "HTTP/1.1 400 Bad Request\r\n\r\n"

    static let zooKeeper = [
        ProbeCase(
            "open", .zooKeeper,
            [Replies.ZooKeeper.session(), Replies.ZooKeeper.children(["zookeeper", "kafka"]), Replies.ZooKeeper.closed, Replies.ZooKeeper.words],
            .notRequired, "exposure.zookeeper-children"),
        ProbeCase(
            "open, words forbidden", .zooKeeper,
            [Replies.ZooKeeper.session(), Replies.ZooKeeper.children([]), Replies.ZooKeeper.closed, Replies.ZooKeeper.forbidden], .notRequired,
            "exposure.zookeeper-children"),
        ProbeCase(
            "an access list", .zooKeeper, [Replies.ZooKeeper.session(), Replies.ZooKeeper.error(-102), Replies.ZooKeeper.closed], .required,
            "exposure.refused"),
        ProbeCase("demands SASL", .zooKeeper, [Replies.ZooKeeper.session(), Replies.ZooKeeper.error(-124)], .required, "exposure.refused"),
        ProbeCase("lost its leader", .zooKeeper, [Replies.ZooKeeper.session(), Replies.ZooKeeper.error(-4)], .unknown, "exposure.busy"),
        ProbeCase(
            "gives no session", .zooKeeper, [Replies.ZooKeeper.session(timeout: 0, id: 0)], .unknown, "exposure.zookeeper-no-session"),
        ProbeCase(
            "a session, then something else", .zooKeeper, [Replies.ZooKeeper.session(), Array(anHTTPServer.utf8)], .unknown,
            "exposure.session-broken"),
        ProbeCase(
            "more children than bytes", .zooKeeper,
            [Replies.ZooKeeper.session(), Replies.ZooKeeper.packet([0, 0, 0, 1] + [UInt8](repeating: 0, count: 12) + [0x7F, 0xFF, 0xFF, 0xFF])],
            .unknown, "exposure.session-broken"),
        ProbeCase("a session of another length", .zooKeeper, [Replies.ZooKeeper.packet([UInt8](repeating: 0, count: 35))], nil),
        ProbeCase("an HTTP server", .zooKeeper, texts: [anHTTPServer], nil),
        ProbeCase("a Redis", .zooKeeper, texts: ["-ERR unknown command\r\n"], nil),
    ]

    static let kafka = [
        ProbeCase(
            "open", .kafka,
            [
                Replies.Kafka.versions(), Replies.Kafka.metadata(Replies.Kafka.first + 1, topics: [], operations: 0x1F80),
                Replies.Kafka.metadata(Replies.Kafka.first + 2, topics: ["a", "b", "c"], operations: 0x8000_0000),
            ], .notRequired, "exposure.kafka-topics"),
        ProbeCase(
            "open, before 1.0", .kafka,
            [
                Replies.Kafka.versions(metadata: 0...4), Replies.Kafka.metadata(Replies.Kafka.first + 1, topics: [], operations: 0, version: 1),
                Replies.Kafka.metadata(Replies.Kafka.first + 2, topics: ["a"], operations: 0, version: 1),
            ], .notRequired, "exposure.kafka-topics"),
        ProbeCase(
            "open, more topics than a probe may read", .kafka,
            [
                Replies.Kafka.versions(), Replies.Kafka.metadata(Replies.Kafka.first + 1, topics: [], operations: 0x1F80),
                Replies.big(UInt32(64 << 20)) + Replies.big(Replies.Kafka.first + 2),
            ], .notRequired, "exposure.kafka-cluster"),
        ProbeCase(
            "an access list that shows nothing", .kafka,
            [
                Replies.Kafka.versions(), Replies.Kafka.metadata(Replies.Kafka.first + 1, topics: [], operations: 0),
                Replies.Kafka.metadata(Replies.Kafka.first + 2, topics: [], operations: 0),
            ], .unknown, "exposure.kafka-nothing"),
        ProbeCase("versions, then silent", .kafka, [Replies.Kafka.versions()], .unknown, "exposure.session-broken"),
        ProbeCase(
            "metadata of flexible versions only", .kafka, [Replies.Kafka.versions(metadata: 9...13)], .unknown, "exposure.identified-only"),
        ProbeCase("another number", .kafka, [Replies.Kafka.response(1, [0, 0, 0, 0, 0, 0])], nil),
        ProbeCase("no versions", .kafka, [Replies.Kafka.response(Replies.Kafka.first, [0, 0, 0, 0, 0, 0])], nil),
        ProbeCase("an HTTP server", .kafka, texts: [anHTTPServer], nil),
    ]

    static let rabbitMQ = [
        ProbeCase("passwords", .rabbitMQ, [Replies.AMQP.start("AMQPLAIN PLAIN")], .required, "exposure.sasl-required"),
        ProbeCase(
            "anonymous", .rabbitMQ, [Replies.AMQP.start("PLAIN ANONYMOUS"), Replies.AMQP.tune, Replies.AMQP.heartbeat + Replies.AMQP.opened],
            .notRequired, "exposure.amqp-anonymous"),
        ProbeCase(
            "anonymous, refused", .rabbitMQ, [Replies.AMQP.start("PLAIN ANONYMOUS"), Replies.AMQP.close(403)], .required, "exposure.refused"),
        ProbeCase(
            "anonymous, no virtual host", .rabbitMQ, [Replies.AMQP.start("ANONYMOUS"), Replies.AMQP.tune, Replies.AMQP.close(530)], .unknown,
            "exposure.busy"),
        ProbeCase(
            "anonymous, let in, then silent", .rabbitMQ, [Replies.AMQP.start("ANONYMOUS"), Replies.AMQP.tune], .unknown,
            "exposure.session-broken"),
        ProbeCase("no way to log in", .rabbitMQ, [Replies.AMQP.start("")], .unknown, "exposure.session-broken"),
        ProbeCase("AMQP 1.0", .rabbitMQ, [Array("AMQP".utf8) + [3, 1, 0, 0]], .unknown, "exposure.identified-only"),
        ProbeCase("AMQP 1.0 and its ways to log in", .rabbitMQ, [Array("AMQP".utf8) + [3, 1, 0, 0, 0]], .unknown, "exposure.identified-only"),
        ProbeCase("a frame of another channel", .rabbitMQ, [[1, 0, 1, 0, 0, 0, 4, 0, 10, 0, 10, 0xCE]], nil),
        ProbeCase("a frame without its end", .rabbitMQ, [[1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 10, 0]], nil),
        ProbeCase("an HTTP server", .rabbitMQ, texts: [anHTTPServer], nil),
    ]

    static let mqtt = [
        ProbeCase(
            "open", .mqtt, [Replies.MQTT.connected(0), Replies.MQTT.subscribed([0, 0]), Replies.MQTT.version + Replies.MQTT.pong], .notRequired,
            "exposure.mqtt-subscribed"),
        ProbeCase(
            "open, its version forbidden", .mqtt, [Replies.MQTT.connected(0), Replies.MQTT.subscribed([0x80, 0]), Replies.MQTT.pong], .notRequired,
            "exposure.mqtt-subscribed"),
        ProbeCase(
            "open, version 5", .mqtt,
            [
                Replies.MQTT.connected(1), Replies.MQTT.connected(0, properties: [3, 0x21, 0, 10]), Replies.MQTT.subscribed([0, 0], properties: [0]),
                Replies.MQTT.publish("$SYS/broker/version", "4.1", properties: [0]) + Replies.MQTT.pong,
            ], .notRequired, "exposure.mqtt-subscribed"),
        ProbeCase("a wrong user name or password", .mqtt, [Replies.MQTT.connected(4)], .required, "exposure.refused"),
        ProbeCase("not authorised", .mqtt, [Replies.MQTT.connected(5)], .required, "exposure.refused"),
        ProbeCase(
            "not authorised, version 5", .mqtt, [Replies.MQTT.connected(0x84), Replies.MQTT.connected(0x87, properties: [0])], .required,
            "exposure.refused"),
        ProbeCase("unavailable", .mqtt, [Replies.MQTT.connected(3)], .unknown, "exposure.busy"),
        ProbeCase(
            "lets in, permits nothing", .mqtt, [Replies.MQTT.connected(0), Replies.MQTT.subscribed([0x80, 0x80])], .unknown,
            "exposure.mqtt-nothing"),
        ProbeCase("lets in, then silent", .mqtt, [Replies.MQTT.connected(0)], .unknown, "exposure.session-broken"),
        ProbeCase("an answer to another request", .mqtt, [Replies.MQTT.connected(0), [0x90, 4, 0, 9, 0, 0]], .unknown, "exposure.session-broken"),
        ProbeCase("a session that was there already", .mqtt, [[0x20, 2, 1, 0]], nil),
        ProbeCase("an HTTP server", .mqtt, texts: [anHTTPServer], nil),
    ]

    static let nats = [
        ProbeCase(
            "open", .nats, [Array("+OK\r\nPONG\r\n".utf8)], greeting: Replies.NATS.information(), .notRequired, "exposure.nats-pong"),
        ProbeCase(
            "open, asks back first", .nats, [Array("+OK\r\nPING\r\n".utf8), Array("PONG\r\n".utf8)], greeting: Replies.NATS.information(),
            .notRequired, "exposure.nats-pong"),
        ProbeCase(
            "open, asks back meanwhile", .nats, [Array("+OK\r\nPING\r\nPONG\r\n".utf8)], greeting: Replies.NATS.information(), .notRequired,
            "exposure.nats-pong"),
        ProbeCase(
            "password", .nats, [Array("-ERR 'Authorization Violation'\r\n".utf8)],
            greeting: Replies.NATS.information(#","auth_required":true"#), .required, "exposure.refused"),
        ProbeCase(
            "full", .nats, [Array("-ERR 'maximum connections exceeded'\r\n".utf8)], greeting: Replies.NATS.information(), .unknown,
            "exposure.busy"),
        ProbeCase("greets, then silent", .nats, [], greeting: Replies.NATS.information(), .unknown, "exposure.session-broken"),
        ProbeCase("accepts, then silent", .nats, [Array("+OK\r\n".utf8)], greeting: Replies.NATS.information(), .unknown, "exposure.session-broken"),
        ProbeCase("another greeting in braces", .nats, [], greeting: Array("INFO {\"a\":1}\r\n".utf8), nil),
        ProbeCase("an SSH server", .nats, [], greeting: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), nil),
    ]

    static let activeMQ = [
        ProbeCase(
            "open", .activeMQ, [Replies.ActiveMQ.wireFormat(), Replies.ActiveMQ.information + Replies.ActiveMQ.granted], .notRequired,
            "exposure.activemq-connection"),
        ProbeCase(
            "password", .activeMQ,
            [Replies.ActiveMQ.wireFormat(), Replies.ActiveMQ.information + Replies.ActiveMQ.exception("java.lang.SecurityException")], .required,
            "exposure.refused"),
        ProbeCase(
            "another exception", .activeMQ, [Replies.ActiveMQ.wireFormat(), Replies.ActiveMQ.exception("java.io.IOException")], .unknown,
            "exposure.busy"),
        ProbeCase("greets, then silent", .activeMQ, [Replies.ActiveMQ.wireFormat()], .unknown, "exposure.session-broken"),
        ProbeCase(
            "an answer to another command", .activeMQ,
            [Replies.ActiveMQ.wireFormat(), Replies.ActiveMQ.framed([30, 0, 0, 0, 3, 0, 0, 0, 0, 9])], .unknown, "exposure.session-broken"),
        ProbeCase("another magic", .activeMQ, [Replies.ActiveMQ.framed([1] + Array("PassiveMQ".utf8))], nil),
        ProbeCase("an HTTP server", .activeMQ, texts: [anHTTPServer], nil),
    ]

    static let rocketMQ = [
        ProbeCase("open", .rocketMQ, [Replies.RocketMQ.response(0, body: Replies.RocketMQ.cluster)], .notRequired, "exposure.rocketmq-cluster"),
        ProbeCase("no permission", .rocketMQ, [Replies.RocketMQ.response(16)], .required, "exposure.refused"),
        ProbeCase(
            "an access list of old", .rocketMQ,
            [Replies.RocketMQ.response(1, remark: #""org.apache.rocketmq.acl.common.AclException: No accessKey is configured""#)], .required,
            "exposure.refused"),
        ProbeCase("a broker", .rocketMQ, [Replies.RocketMQ.response(3)], .unknown, "exposure.identified-only"),
        ProbeCase("an error", .rocketMQ, [Replies.RocketMQ.response(1, remark: #""java.lang.Exception""#)], .unknown, "exposure.busy"),
        ProbeCase("a success without a cluster", .rocketMQ, [Replies.RocketMQ.response(0, body: "{}")], .unknown, "exposure.session-broken"),
        ProbeCase("another number", .rocketMQ, [Replies.RocketMQ.response(0, body: Replies.RocketMQ.cluster, opaque: 7)], nil),
        ProbeCase("an echo", .rocketMQ, [Replies.RocketMQ.response(106, flag: 0)], nil),
        ProbeCase("an HTTP server", .rocketMQ, texts: [anHTTPServer], nil),
    ]

    static let dubbo = [
        ProbeCase("answers", .dubbo, [Replies.Dubbo.heartbeat()], .unknown, "exposure.identified-only"),
        ProbeCase("an echo", .dubbo, [Replies.Dubbo.heartbeat(flags: 0xE2, status: 0)], nil),
        ProbeCase("an error", .dubbo, [Replies.Dubbo.heartbeat(status: 40)], nil),
        ProbeCase("an HTTP server", .dubbo, texts: [anHTTPServer], nil),
    ]

    static let erlangPortMapper = [
        ProbeCase("two nodes", .erlangPortMapper, [Replies.ErlangPortMapper.nodes], .unknown, "exposure.epmd-nodes"),
        ProbeCase("no node", .erlangPortMapper, [[0, 0, 0x11, 0x11]], .unknown, "exposure.epmd-nodes"),
        ProbeCase("half a line", .erlangPortMapper, [Replies.ErlangPortMapper.nodes.dropLast(3)], nil),
        ProbeCase("another port", .erlangPortMapper, [[0, 0, 0x12, 0x12]], nil),
        ProbeCase("an HTTP server", .erlangPortMapper, texts: [anHTTPServer], nil),
    ]
}
