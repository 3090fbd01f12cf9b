import TestSupport

extension Replies {
    enum VNC {
        static func version(_ text: String = "003.008") -> [UInt8] { Array("RFB \(text)\n".utf8) }
        static func reason(_ text: String) -> [UInt8] { big(UInt32(text.utf8.count)) + Array(text.utf8) }
        /// A capability of Tight: a code, its vendor, its signature.
        static func capability(_ code: UInt32, _ name: String) -> [UInt8] { big(code) + Array(name.utf8) }
    }

    enum X11 {
        static let success: [UInt8] = {
            let vendor = Array("The X.Org Foundation".utf8)
            var body: [UInt8] = little(UInt32(12_101_007)) + SMB.zeros(12)
            body += SMB.shorts([UInt16(vendor.count), 0xFFFF]) + [1, 1] + SMB.zeros(10)
            body += vendor + SMB.zeros(48)
            return [1, 0, 11, 0, 0, 0] + little(UInt16(body.count / 4)) + body
        }()

        static func failed(_ reason: String) -> [UInt8] {
            let padded = Array(reason.utf8) + [UInt8](repeating: 0, count: (4 - reason.utf8.count % 4) % 4)
            return [0, UInt8(reason.utf8.count), 11, 0, 0, 0] + little(UInt16(padded.count / 4)) + padded
        }
    }

    enum RDP {
        static func confirm(_ type: UInt8, _ value: UInt32) -> [UInt8] {
            [3, 0, 0, 19, 14, 0xD0, 0, 0, 0x12, 0x34, 0, type, 0, 8, 0] + little(value)
        }
        static let plain: [UInt8] = [3, 0, 0, 11, 6, 0xD0, 0, 0, 0x12, 0x34, 0]
    }

    enum JDWP {
        static let handshake = Array("JDWP-Handshake".utf8)
        static func string(_ text: String) -> [UInt8] { big(UInt32(text.utf8.count)) + Array(text.utf8) }
        static func reply(error: UInt16 = 0) -> [UInt8] {
            var data: [UInt8] = []
            if error == 0 {
                data = string("Java Debug Wire Protocol") + RPC.words([17, 0])
                data += string("17.0.15") + string("OpenJDK 64-Bit Server VM")
            }
            return big(UInt32(11 + data.count)) + [0x53, 0x77, 0x65, 0x6E, 0x80] + big(error) + data
        }
        /// The machine has started.
        static let event = big(UInt32(29)) + [0, 0, 0, 1, 0, 64, 100] + [UInt8](repeating: 0, count: 18)
    }

    enum ADB {
        static func message(_ command: String, _ first: UInt32, _ payload: String) -> [UInt8] {
            let name = Array(command.utf8)
            let data = Array(payload.utf8)
            return name + SMB.words([first, 4_096, UInt32(data.count), 0]) + name.map { ~$0 } + data
        }
    }

    enum RMI {
        static let acknowledgement: [UInt8] = [0x4E, 0, 9] + Array("127.0.0.1".utf8) + [0, 0, 0xDE, 0x58]
        static func utf(_ text: String) -> [UInt8] { big(UInt16(text.utf8.count)) + Array(text.utf8) }
        static func returned(normally: Bool = true) -> [UInt8] {
            [0x51, 0xAC, 0xED, 0, 5, 0x77, 15, normally ? 1 : 2] + [UInt8](repeating: 3, count: 14)
        }
        static func names(_ names: [String]) -> [UInt8] {
            let strings: [UInt8] = [0xAD, 0xD2, 0x56, 0xE7, 0xE9, 0x1D, 0x7B, 0x47, 2, 0, 0, 0x70, 0x78, 0x70]
            var reply = returned() + [0x75, 0x72] + utf("[Ljava.lang.String;") + strings + big(UInt32(names.count))
            for name in names { reply += [0x74] + utf(name) }
            return reply
        }
        static func described(_ name: String, parent: [UInt8] = [0x70]) -> [UInt8] {
            [0x72] + utf(name) + [UInt8](repeating: 1, count: 8) + [2, 0, 0, 0x70, 0x78] + parent
        }
        static func stub(_ name: String, port: UInt32) -> [UInt8] {
            var reference: [UInt8] = utf("UnicastRef2") + [0] + utf("192.0.2.1")
            reference += big(port) + [UInt8](repeating: 5, count: 22) + [1]
            let parents = described("java.rmi.server.RemoteStub", parent: described("java.rmi.server.RemoteObject"))
            return returned() + [0x73] + described(name, parent: parents) + [0x77, UInt8(reference.count)] + reference + [0x78]
        }
        static let server = "javax.management.remote.rmi.RMIServerImpl_Stub"
        static let connection = "javax.management.remote.rmi.RMIConnectionImpl_Stub"
        static func exception(_ name: String) -> [UInt8] { returned(normally: false) + [0x73] + described(name) }
    }

    enum WinRM {
        static let identity = """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><wsmid:IdentifyResponse \
            xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><wsmid:ProtocolVersion>\
            http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</wsmid:ProtocolVersion></wsmid:IdentifyResponse></s:Body></s:Envelope>
            """
    }
}
