import Foundation

/// Rules in the proportions of SigmaHQ's for web servers (most: `contains` and plain words on the request, keywords, `all`, wildcards, a few regular
/// expressions, lists of maps, `not`): their cost, not their wit.
struct RuleSet {
    var count: Int
    var seed: UInt64

    func write(to folder: String) {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            stop("cannot make \(folder): \(error)")
        }
        var random = Random(seed, "rules")
        for number in 0..<count {
            let identifier = "5b0e3d3a-55d0-4d3c-9d0b-" + String(0x8e4b_0000_0000 + number, radix: 16)
            let text = """
                title: Synthetic Request Number \(number)
                id: \(identifier)
                status: test
                description: Nothing asks for this.
                author: Suwen simulator
                logsource:
                    category: webserver
                detection:
                \(detection(number, &random))
                level: \(["low", "medium", "high", "critical"][number % 4])

                """
            do { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/synthetic_\(number).yml")) } catch {
                stop("cannot write rules to \(folder): \(error)")
            }
        }
    }

    private func word(_ random: inout Random) -> String {
        let parts = [
            "cgi-bin", "setup", "wls-wsat", "mgmt", "tmui", "owa", "ecp", "vpns", "remote", "fgt_lang", "saml", "rest", "plugin", "portal", "upload",
            "xmlrpc", "render", "export", "proxy", "shell",
        ]
        return random.pick(parts) + String(random.next() % 100_000, radix: 36)
    }

    private func list(_ count: Int, _ random: inout Random, _ value: (inout Random) -> String) -> String {
        (0..<count).map { _ in "            - '\(value(&random))'" }.joined(separator: "\n")
    }

    private func detection(_ number: Int, _ random: inout Random) -> String {
        switch number % 10 {
        case 0, 1, 2:
            return
                "    selection:\n        cs-uri-query|contains:\n\(list(random.within(2...9), &random) { "/" + word(&$0) + "/" })\n    condition: selection"
        case 3, 4:
            // Half of these name a place that every log is full of, and fail by the rest.
            let common = number % 10 == 3 ? "/\(random.pick(["api", "search", "static", "doctor", "article"]))" : "/" + word(&random)
            return """
                    selection:
                        cs-method: 'GET'
                        cs-uri-query|contains|all:
                            - '\(common)'
                            - '/\(word(&random))'
                    condition: selection
                """
        case 5:
            return
                "    keywords:\n\(list(random.within(3...20), &random) { word(&$0) + "(" }.replacing("            -", with: "        -"))\n    condition: keywords"
        case 6:
            return
                "    select_method:\n        cs-method: 'GET'\n    keywords:\n\(list(random.within(5...30), &random) { "=" + word(&$0) + "%20" }.replacing("            -", with: "        -"))\n    filter:\n        sc-status: 404\n    condition: select_method and keywords and not filter"
        case 7:
            return
                "    selection:\n        cs-uri-query|contains: '/\(word(&random))/*/\(word(&random))?id='\n        sc-status:\n            - 200\n            - 500\n    condition: selection"
        case 8:
            return
                "    selection:\n        - cs-user-agent|contains: '\(word(&random))'\n        - cs-uri-query|endswith: '/\(word(&random)).jsp'\n        - cs-referer|startswith: 'http://\(word(&random))'\n    condition: selection"
        default:
            return
                "    selection_path:\n        cs-uri-query|re: '/\(word(&random))/[a-z]{3,9}\\.(php|jsp)\\?x=[0-9]+'\n    selection_method:\n        cs-method:\n            - GET\n            - POST\n    condition: all of selection_*"
        }
    }
}
