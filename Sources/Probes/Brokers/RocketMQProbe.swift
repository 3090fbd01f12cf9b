import Findings

/// RocketMQ. Asks a name server for its cluster, which lists the brokers to anybody unless authentication is on; brokers and clusters are counted.
struct RocketMQProbe: Probe {
    static let service = Service.rocketMQ
    static let speaksInsideTLS = true

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        buffer = []
        return .send(RocketMQWire.clusterInformation(number: Self.number))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        switch RocketMQWire.read(buffer, number: Self.number) {
        case .incomplete: return .needMore
        case .invalid: return .done(.other)
        case .response(let response): return .done(verdict(response))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(buffer.isEmpty && end == .closed ? .perhapsTLS : .other) }

    private static let number = 21_335

    private func verdict(_ response: RocketMQWire.Response) -> ProbeResult {
        let reply = ["reply": Fact.text("\(response.code)")]
        switch response.code {
        case RocketMQWire.Code.success:
            guard let brokers = RocketMQWire.members(of: "brokerAddrTable", in: response.body),
                let clusters = RocketMQWire.members(of: "clusterAddrTable", in: response.body)
            else { return reading(.unknown, Message("exposure.session-broken")) }
            return reading(.notRequired, Message("exposure.rocketmq-cluster", ["brokers": .count(brokers), "clusters": .count(clusters)]))
        case RocketMQWire.Code.noPermission: return reading(.required, Message("exposure.refused", reply))
        // How access lists refused before version 5.
        case RocketMQWire.Code.systemError where response.remark.contains("AclException"):
            return reading(.required, Message("exposure.refused", ["reply": "AclException"]))
        // A broker is no name server.
        case RocketMQWire.Code.notSupported: return reading(.unknown, Message("exposure.identified-only"))
        default: return reading(.unknown, Message("exposure.busy", reply))
        }
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }
}
