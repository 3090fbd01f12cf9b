extension ProbeRegistry {
    static let brokers: [any Probe.Type] = [
        RabbitMQProbe.self, KafkaProbe.self, ZooKeeperProbe.self, MQTTProbe.self, NATSProbe.self, ActiveMQProbe.self, RocketMQProbe.self,
        DubboProbe.self, ErlangPortMapperProbe.self,
    ]
}
