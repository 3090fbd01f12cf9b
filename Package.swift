// swift-tools-version:6.1
import PackageDescription

// One configuration (release) builds everything; see the Makefile.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func systemLibrary(_ name: String, _ pkgConfig: String, _ debian: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
    name: "suwen",
    products: [.executable(name: "suwen", targets: ["suwen"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // The command line: parsing and printing, nothing else.
        .executableTarget(
            name: "suwen",
            dependencies: [
                "Assessment", "Estate", "Findings", "Network", "Regulations", "Reporting", "Samples", "Exposure", "PatientData", "AccessLogs",
                "Regime", "Datastores", "Cryptography", "Sealing", "Templates", "Geography", "LogFormats", "Sigma",
                .product(name: "ArgumentParser", package: "swift-argument-parser"), log,
            ],
            swiftSettings: swiftSettings),
        module(
            "Assessment",
            [
                "Estate", "Findings", "Regulations", "Reporting", "Exposure", "PatientData", "AccessLogs", "Regime", "Datastores", "Geography",
                "Network", grdb, log,
            ]),
        module("Regulations", ["Findings", yams], resources: [.copy("Resources")]),
        module(
            "Reporting", ["Findings", "Regulations", "ExternalTools", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.copy("Resources")]),
        // Capabilities: they never import each other, and know no law.
        module(
            "Exposure", ["Cryptography", "Estate", "Findings", "Network", "Probes", "Templates", "CEpoll", asn1, yams, log] + nio),
        module("PatientData", ["Cryptography", "Estate", "Findings", "Datastores", "Network", "ReferenceData", "CZlib", yams, log]),
        module("Sealing", ["Cryptography", "Datastores", "Findings", "Network", "ReferenceData"]),
        module(
            "AccessLogs",
            [
                "Cryptography", "Estate", "ExternalTools", "Findings", "Geography", "LogFormats", "Sigma", "Network", "Patterns", "Sigma", "CLzma",
                "CZlib", "CZstd", log,
            ]),
        module("Regime", ["Estate", "Findings", "ExternalTools", "ReferenceData", yams, log], resources: [.copy("Resources")]),
        module("Samples", ["Cryptography", "Datastores", "ReferenceData", "CZlib"]),
        // Foundation.
        module("Estate", ["Cryptography", "Findings", "Network", yams, log]),
        module("Findings", ["Cryptography"]),
        module("Datastores", ["Cryptography", "Network", "CLibpq", "CMariaDB", "CZlib", "CZstd", grdb]),
        module("Geography", ["Network", "CMaxMindDB"]),
        module("LogFormats", ["Network"]),
        module("Patterns", ["CVectorscan"]),
        module("Sigma", ["Network", "Patterns", yams]),
        module("ReferenceData"),
        module("Network"),
        module("Probes", ["Findings"]),
        module("Templates", ["Cryptography", "CZlib", yams], resources: [.copy("Resources")]),
        module("ExternalTools", [.product(name: "Subprocess", package: "swift-subprocess")]),
        module("Cryptography", ["CGcrypt", "CPKCS11"]),
        // Tests that need no service.
        tests(
            "AccessLogsTests",
            [
                "AccessLogs", "Cryptography", "Estate", "ExternalTools", "Findings", "Geography", "LogFormats", "Network", "Patterns", "Sigma",
                "TestSupport", "CZlib", log,
            ]),
        tests("AssessmentTests", ["AccessLogs", "Assessment", "Exposure", "Findings"]),
        tests("CryptographyTests", ["Cryptography", "CPKCS11"], resources: [.copy("Resources")]),
        tests("DatastoresTests", ["Cryptography", "Datastores", "Network", "TestServers", "CZlib", "CZstd", grdb]),
        tests("EstateTests", ["Cryptography", "Estate", "Network"]),
        tests(
            "ExposureTests",
            ["Estate", "Exposure", "Findings", "Network", "Probes", "Regulations", "Templates", "TestServers", "TestSupport", log] + nio),
        tests("ExternalToolsTests", ["ExternalTools"]),
        tests("FindingsTests", ["Findings"]),
        tests("GeographyTests", ["Geography", "Network"]),
        tests("LogFormatsTests", ["LogFormats", "Network", "TestSupport"], resources: [.copy("Databases/Fixtures")]),
        tests("NetworkTests", ["Network"]),
        tests(
            "PatientDataTests",
            ["Datastores", "Estate", "Findings", "Network", "PatientData", "ReferenceData", "Regulations", "Samples", log],
            resources: [.copy("Resources"), .process("FreeText/Resources")]),
        tests("ProbesTests", ["Findings", "Probes", "Regulations", "TestSupport"]),
        tests("ReferenceDataTests", ["ReferenceData"]),
        tests("RegimeTests", ["Estate", "ExternalTools", "Findings", "Regime", "Regulations", log, yams]),
        tests("RegulationsTests", ["Findings", "Regulations"]),
        tests("ReportingTests", ["ExternalTools", "Findings", "Regulations", "Reporting"], resources: [.process("Resources")]),
        tests("PatternsTests", ["Patterns"]),
        tests("SigmaTests", ["Network", "Patterns", "Sigma", "TestSupport"]),
        tests("SealingTests", ["Cryptography", "Datastores", "Findings", "Network", "Regulations", "Sealing", "TestServers", "CZlib", "CZstd"]),
        tests("SamplesTests", ["Datastores", "ReferenceData", "Samples"]),
        tests("TemplatesTests", ["Templates"], resources: [.copy("Resources")]),
        .target(name: "TestSupport", dependencies: ["Findings", "Probes"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
        // Tests with real servers, which they start themselves, and with the built program.
        .target(name: "TestServers", dependencies: ["Datastores"], path: "Tests/TestServers", swiftSettings: swiftSettings),
        tests(
            "IntegrationTests",
            [
                "AccessLogs", "Assessment", "Cryptography", "Datastores", "Estate", "Exposure", "Findings", "Geography", "LogFormats", "Network",
                "PatientData", "Probes", "ReferenceData", "Regulations", "Samples", "TestServers", "suwen", log,
            ]),
        systemLibrary("CGcrypt", "libgcrypt", "libgcrypt20-dev"),
        // Of the C library, which Swift's module of it leaves out.
        .systemLibrary(name: "CEpoll"),
        // Types only: no pkg-config, so that nothing is linked.
        .systemLibrary(name: "CPKCS11", providers: [.apt(["libp11-kit-dev"])]),
        systemLibrary("CVectorscan", "libhs", "libvectorscan-dev"),
        systemLibrary("CLibpq", "libpq", "libpq-dev"),
        systemLibrary("CLzma", "liblzma", "liblzma-dev"),
        systemLibrary("CMaxMindDB", "libmaxminddb", "libmaxminddb-dev"),
        systemLibrary("CMariaDB", "libmariadb", "libmariadb-dev"),
        systemLibrary("CZlib", "zlib", "zlib1g-dev"),
        systemLibrary("CZstd", "libzstd", "libzstd-dev"),
    ]
)
