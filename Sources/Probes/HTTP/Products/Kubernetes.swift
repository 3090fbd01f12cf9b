extension HTTPProducts {
    /// The Kubernetes API server. Its version is public by default; the list of namespaces needs a role.
    static let kubernetes = HTTPProduct(
        .kubernetes,
        [
            .root { answer in
                guard answer.isRefusal, answer.json?["kind"]?.text == "Status", answer.json?["apiVersion"]?.text == "v1" else { return nil }
                return ["Forbidden", "Unauthorized"].contains(answer.json?["reason"]?.text) ? HTTPIdentity() : nil
            },
            .request("/version", .hinted { $0.json?["paths"]?.textCount != nil || $0.json?["kind"]?.text == "Status" }) { answer in
                guard let version = answer.json?["gitVersion"]?.text, answer.json?.has("major", "minor", "platform") == true else { return nil }
                return HTTPIdentity(version: version.hasPrefix("v") ? String(version.dropFirst()) : version)
            },
        ],
        proofs: [
            HTTPProof("/api/v1/namespaces?limit=1") { answer in
                guard answer.json?["kind"]?.text == "NamespaceList", let namespaces = answer.json?["items"]?.list?.count else { return nil }
                return answer.counted(namespaces + max(0, answer.json?["metadata"]?["remainingItemCount"]?.integer ?? 0), .namespaces)
            }
        ]
    ).with { product in
        product.version = HTTPDetail(request: "/version") { answer in
            guard answer.isOK, let version = answer.json?["gitVersion"]?.text else { return nil }
            return version.hasPrefix("v") ? String(version.dropFirst()) : version
        }
    }

    /// The kubelet. What it runs needs `nodes/proxy`. Refused, it says but one word, which identifies it only where it is expected.
    static let kubelet = HTTPProduct(
        .kubelet,
        [
            .expectedRoot { answer in
                answer.status == 401 && answer.shortText == "Unauthorized" && answer.isType("text/plain") && answer.headers["www-authenticate"] == nil
                    ? HTTPIdentity(refusal: answer.refused) : nil
            },
            .request("/runningpods/", .hinted { $0.isPlainNotFound }) { answer in
                if answer.status == 403, answer.shortText?.hasPrefix("Forbidden (user=system:anonymous, verb=") == true {
                    return HTTPIdentity(refusal: answer.refused)
                }
                return answer.isOK && answer.json?["kind"]?.text == "PodList" && answer.json?["apiVersion"]?.text == "v1" ? HTTPIdentity() : nil
            },
            .request("/pods", .expected) { answer in
                answer.isOK && answer.json?["kind"]?.text == "PodList" && answer.json?["apiVersion"]?.text == "v1" ? HTTPIdentity(base: "/pods") : nil
            },
        ]
    ) { identity in
        [
            HTTPProof(identity.base.isEmpty ? "/runningpods/" : "/pods") { answer in
                guard answer.json?["kind"]?.text == "PodList" else { return nil }
                if case .null? = answer.json?["items"] { return answer.counted(0, .pods) }
                return answer.counted(answer.json?["items"]?.list?.count, .pods)
            }
        ]
    }
}
