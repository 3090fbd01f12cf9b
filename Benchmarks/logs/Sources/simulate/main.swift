import Foundation

let usage = """
    Usage: simulate combined --to FILE [--lines N | --bytes N] [--addresses N] [--seed N]
           simulate world --world tuning|held-out --out DIR [--seed N] [--lines N] [--incidents N] [--geoip DIR]
           simulate rules --out DIR [--count N] [--seed N]

    combined   one nginx log of ordinary requests, for speed; --to - writes to standard output
    world      the logs of a company over some months, with incidents planted among them, and the truth about them
    rules      Sigma rules that hit nothing of these logs, in the shape of those for web servers, for speed

    """

let words = CommandLine.arguments.dropFirst()
let began = Date()
switch words.first {
case "combined":
    let arguments = Arguments(words.dropFirst(), allowed: ["to", "lines", "bytes", "addresses", "seed"])
    let log = CombinedLog(
        lines: arguments.number("lines", 3_000_000), bytes: arguments.number("bytes", 0), addresses: arguments.number("addresses", 2_900_000),
        seed: UInt64(arguments.number("seed", 1)))
    let (lines, bytes) = log.write(to: arguments.text("to", "-"))
    let seconds = Date().timeIntervalSince(began)
    FileHandle.standardError.write(Data("\(lines) lines, \(bytes) bytes, \(Int(Double(bytes) / 1e6 / seconds)) MB/s\n".utf8))
case "world":
    let arguments = Arguments(words.dropFirst(), allowed: ["world", "out", "seed", "lines", "incidents", "geoip"])
    let profiles = ["tuning": Profile.tuning, "held-out": Profile.heldOut]
    guard let profile = profiles[arguments.text("world", "tuning")] else { stop("--world is tuning or held-out") }
    let folder = arguments.text("out", "world")
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
        stop("cannot make \(folder): \(error)")
    }
    let world = World(
        profile, seed: UInt64(arguments.number("seed", 1)), lines: arguments.number("lines", 10_000_000), folder: folder,
        geoip: arguments.text("geoip", "/usr/share/tor"))
    var simulation = Simulation(world, incidents: arguments.number("incidents", 200))
    let incidents = simulation.run()
    world.close()
    let truth = Truth(world, incidents)
    truth.write(to: folder, profile: profile)
    let seconds = Date().timeIntervalSince(began)
    let bytes = world.writers.reduce(0) { $0 + $1.written }
    let told =
        "\(truth.ordinaryLines) ordinary and \(truth.plantedLines) planted lines, \(incidents.count) incidents, \(bytes / 1_000_000) MB in \(Int(seconds)) s\n"
    FileHandle.standardError.write(Data(told.utf8))
    for incident in incidents where incident.lost > 0 {
        FileHandle.standardError.write(Data("incident \(incident.id) lost \(incident.lost) lines\n".utf8))
    }
case "rules":
    let arguments = Arguments(words.dropFirst(), allowed: ["out", "count", "seed"])
    RuleSet(count: arguments.number("count", 150), seed: UInt64(arguments.number("seed", 1))).write(to: arguments.text("out", "rules"))
default:
    FileHandle.standardError.write(Data(usage.utf8))
    exit(words.first == "--help" ? 0 : 2)
}
