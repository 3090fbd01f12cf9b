import Probes
import TestSupport

/// Replies of brokers, built as their specifications say.
extension Replies {
    enum ZooKeeper {
        static func packet(_ body: [UInt8]) -> [UInt8] { Replies.big(UInt32(body.count)) + body }
        static func session(timeout: Int32 = 4000, id: Int64 = 0x1_0000_1234) -> [UInt8] {
            packet(Replies.big(Int32(0)) + Replies.big(timeout) + Replies.big(id) + Replies.big(Int32(16)) + [UInt8](repeating: 7, count: 16) + [0])
        }
        static func children(_ names: [String]) -> [UInt8] {
            packet(
                Replies.big(Int32(1)) + Replies.big(Int64(9)) + Replies.big(Int32(0)) + Replies.big(Int32(names.count))
                    + names.flatMap { Replies.big(Int32($0.utf8.count)) + Array($0.utf8) })
        }
        static func error(_ code: Int32) -> [UInt8] { packet(Replies.big(Int32(1)) + Replies.big(Int64(9)) + Replies.big(code)) }
        static let closed = packet(Replies.big(Int32(2)) + Replies.big(Int64(10)) + Replies.big(Int32(0)))
        static let words = Array(
            "Zookeeper version: 3.8.0-5a02a05eddb59aee6ac762f7ea82e92a68eb9c0f, built on 2022-02-25 08:49 UTC\nMode: standalone\n".utf8)
        static let forbidden = Array("srvr is not executed because it is not in the whitelist.\n".utf8)
        static let idle = Array("This ZooKeeper instance is not currently serving requests\n".utf8)
    }

    enum Kafka {
        static func response(_ correlation: UInt32, _ body: [UInt8]) -> [UInt8] {
            Replies.big(UInt32(body.count + 4)) + Replies.big(correlation) + body
        }
        static func string(_ text: String) -> [UInt8] { Replies.big(Int16(text.utf8.count)) + Array(text.utf8) }
        static let first: UInt32 = 0x5357_0001

        static func versions(metadata: ClosedRange<Int16> = 0...12) -> [UInt8] {
            let keys: [(Int16, ClosedRange<Int16>)] = [(0, 0...9), (3, metadata), (17, 0...1), (18, 0...3)]
            return response(
                first,
                [0, 0] + Replies.big(UInt32(keys.count))
                    + keys.flatMap { Replies.big($0.0) + Replies.big($0.1.lowerBound) + Replies.big($0.1.upperBound) })
        }

        /// Two brokers.
        static func metadata(_ correlation: UInt32, topics: [String], operations: UInt32, version: Int16 = 8) -> [UInt8] {
            let isNew = version >= 8
            var body: [UInt8] = isNew ? [0, 0, 0, 0] : []
            body += Replies.big(UInt32(2))
            for id: UInt32 in 1...2 { body += Replies.big(id) + string("10.0.0.\(id)") + Replies.big(UInt32(9092)) + Replies.big(Int16(-1)) }
            if isNew { body += string("cluster") }
            body += Replies.big(UInt32(1)) + Replies.big(UInt32(topics.count))
            for topic in topics {
                body += [0, 0] + string(topic) + [0] + Replies.big(UInt32(1))
                body += [0, 0, 0, 0, 0, 0, 0, 0, 0, 1] + (isNew ? [0, 0, 0, 0] : [])
                for _ in 0..<2 { body += Replies.big(UInt32(1)) + Replies.big(UInt32(1)) }
                if isNew { body += Replies.big(UInt32(0)) + Replies.big(UInt32(0)) }
            }
            return response(correlation, body + (isNew ? Replies.big(operations) : []))
        }

        static func mechanisms(_ correlation: UInt32, error: UInt16 = 33, _ names: [String]) -> [UInt8] {
            response(correlation, Replies.big(error) + Replies.big(UInt32(names.count)) + names.flatMap(string))
        }
    }

    enum AMQP {
        static func method(_ number: UInt16, _ fields: [UInt8]) -> [UInt8] {
            [1, 0, 0] + Replies.big(UInt32(fields.count + 4)) + [0, 10] + Replies.big(number) + fields + [0xCE]
        }
        static func long(_ bytes: [UInt8]) -> [UInt8] { Replies.big(UInt32(bytes.count)) + bytes }
        static func short(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }
        static func start(_ mechanisms: String) -> [UInt8] {
            let capabilities = short("capabilities") + Array("F".utf8) + long(short("basic.nack") + Array("t".utf8) + [1])
            let properties =
                capabilities + short("product") + Array("S".utf8) + long(Array("RabbitMQ".utf8)) + short("version") + Array("S".utf8)
                + long(Array("3.13.1".utf8))
            return method(10, [0, 9] + long(properties) + long(Array(mechanisms.utf8)) + long(Array("en_US".utf8)))
        }
        static let tune = method(30, [0x07, 0xFF, 0, 2, 0, 0, 0, 60])
        static let opened = method(41, [0])
        static func close(_ code: UInt16) -> [UInt8] { method(50, Replies.big(code) + short("ACCESS_REFUSED") + [0, 0, 0, 0]) }
        static let heartbeat: [UInt8] = [8, 0, 0, 0, 0, 0, 0, 0xCE]
    }

    enum MQTT {
        static func connected(_ code: UInt8, properties: [UInt8] = []) -> [UInt8] { [0x20, UInt8(2 + properties.count), 0, code] + properties }
        static func subscribed(_ codes: [UInt8], properties: [UInt8] = []) -> [UInt8] {
            [0x90, UInt8(2 + properties.count + codes.count), 0, 1] + properties + codes
        }
        static let pong: [UInt8] = [0xD0, 0]
        static func publish(_ topic: String, _ text: String, properties: [UInt8] = []) -> [UInt8] {
            let body = [0, UInt8(topic.utf8.count)] + Array(topic.utf8) + properties + Array(text.utf8)
            return [0x31, UInt8(body.count)] + body
        }
        static let version = publish("$SYS/broker/version", "mosquitto version 2.0.18")
    }

    enum NATS {
        static func information(_ extra: String = "") -> [UInt8] {
            Array(#"INFO {"server_id":"NA","version":"2.10.4","proto":1,"host":"0.0.0.0","port":4222,"max_payload":1048576\#(extra)} \#r\#n"#.utf8)
        }
    }

    enum ActiveMQ {
        static func framed(_ body: [UInt8]) -> [UInt8] { Replies.big(UInt32(body.count)) + body }
        static func short(_ text: String) -> [UInt8] { Replies.big(UInt16(text.utf8.count)) + Array(text.utf8) }
        static func wireFormat(provider: String = "ActiveMQ") -> [UInt8] {
            let properties =
                Replies.big(UInt32(4)) + short("CacheEnabled") + [1, 1] + short("MaxFrameSize") + [6, 0, 0, 0, 0, 6, 0x40, 0, 0]
                + short("ProviderName") + [9] + short(provider) + short("ProviderVersion") + [9] + short("5.17.2")
            return framed([1] + Array("ActiveMQ".utf8) + [0, 0, 0, 12, 1] + Replies.big(UInt32(properties.count)) + properties)
        }
        static let information = framed([2, 0, 0, 0, 0, 0, 0, 0])
        static let granted = framed([30, 0, 0, 0, 3, 0, 0, 0, 0, 1])
        static func exception(_ name: String) -> [UInt8] { framed([31, 0, 0, 0, 3, 0, 0, 0, 0, 1, 1, 1] + short(name) + [1] + short("no")) }
    }

    enum RocketMQ {
        static func response(_ code: Int, remark: String = "null", body: String = "", opaque: Int = 21_335, flag: Int = 1) -> [UInt8] {
            let header = #"{"code":\#(code),"flag":\#(flag),"language":"JAVA","opaque":\#(opaque),"remark":\#(remark),"version":401}"#
            return Replies.big(UInt32(header.utf8.count + body.utf8.count + 4)) + Replies.big(UInt32(header.utf8.count)) + Array(header.utf8)
                + Array(body.utf8)
        }
        /// Two brokers in one cluster, as the server's serialiser writes it.
        static let cluster =
            #"{"brokerAddrTable":{"a":{"brokerAddrs":{0:"10.0.0.1:10911",1:"10.0.0.3:10911"},"brokerName":"a","cluster":"c"},"#
            + #""b":{"brokerAddrs":{0:"10.0.0.2:10911"},"brokerName":"b\"}","cluster":"c"}},"clusterAddrTable":{"c":["a","b"]}}"#
    }

    enum Dubbo {
        static func heartbeat(flags: UInt8 = 0x22, status: UInt8 = 20) -> [UInt8] {
            [0xDA, 0xBB, flags, status] + Array("suwen".utf8) + [0, 0, 1] + [0, 0, 0, 1, 0x4E]
        }
    }

    enum ErlangPortMapper {
        static let nodes = [0, 0, 0x11, 0x11] + Array("name rabbit at port 25672\nname ejabberd at port 5210\n".utf8)
    }
}
