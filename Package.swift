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
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

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
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // Foundation.
        module("Estate", ["Cryptography", "Findings", "Network", yams, log]),
        module("Findings", ["Cryptography"]),
        module("Network"),
        module("ExternalTools", [.product(name: "Subprocess", package: "swift-subprocess")]),
        module("Cryptography", ["CGcrypt"]),
        systemLibrary("CGcrypt", "libgcrypt", "libgcrypt20-dev"),
        tests("CryptographyTests", ["Cryptography"]),
        tests("EstateTests", ["Cryptography", "Estate", "Network"]),
        tests("ExternalToolsTests", ["ExternalTools"]),
        tests("FindingsTests", ["Findings"]),
        tests("NetworkTests", ["Network"]),
    ]
)
