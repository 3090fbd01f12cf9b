/// Every product that ``HTTPProbe`` knows. Order matters twice: of two that would claim a reply the first gets it, and requests that go to every
/// server are sent in this order, as far as ``HTTPInquiry/mostToIdentify`` allows.
enum HTTPProducts {
    static let all: [HTTPProduct] =
        healthCare + stores + vectors + coordination + brokers + bigData + containers + operations + consoles + applications

    private static let healthCare = [orthanc, mirth, dcm4chee, fhir, dicomWeb]
    private static let stores = [elasticsearch, kibana, solr, clickHouse, couchDB, influxDB, neo4j, minIO]
    private static let vectors = [milvus, qdrant, weaviate, chroma, ollama]
    private static let coordination = [etcd, consul, nacos]
    private static let brokers = [rabbitMQ, activeMQ]
    private static let bigData = [yarn, hdfs, spark, flink, airflow]
    private static let containers = [docker, dockerRegistry, kubernetes, kubelet]
    private static let operations = [prometheus, alertmanager, grafana, jenkins, gitLab, jupyter, kong, zabbix]
    private static let consoles = [webLogic, glassFish, webmin, winRM]
    /// What lives inside other servers, and what is asked of every one.
    private static let applications = [springActuator, druidMonitor, phpMyAdmin, tomcatManager, xxlJob, openAPI]

    typealias Identification = (product: HTTPProduct, identification: HTTPIdentification)

    static let identifications: [Identification] = all.flatMap { product in product.identifications.map { (product, $0) } }
    /// By when they are of use: the reply to `/` on any port; a hint; everywhere.
    static let byRoot: [Identification] = identifications.filter {
        if case .always = $0.identification.occasion { $0.identification.isRoot } else { false }
    }
    static let hinted: [Identification] = identifications.filter { if case .hinted = $0.identification.occasion { true } else { false } }
    static let always: [Identification] = identifications.filter {
        if case .always = $0.identification.occasion { !$0.identification.isRoot } else { false }
    }
}
