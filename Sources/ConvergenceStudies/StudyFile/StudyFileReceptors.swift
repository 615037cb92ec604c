import SpikingNumerics
import Yams

/// The `receptors` of a problem: `{exc: {exponential: 2}, inh: {alpha: 3}, slow: {rise: 2, decay: 100}}`.
package struct StudyFileReceptors {
    /// As far as they can be names, also of those that have something else wrong with them.
    package var names: [String] = []
    /// Nil where one was reported.
    var receptors: Receptors?

    /// What synapses and inputs can act on beside them.
    static let reserved = ["current", "delta", "voltage", "drive", "all"]

    /// What a synapse acts on, by name.
    package var jumps: [(name: String, jump: Network.Jump)] {
        [("current", .current), ("delta", .voltage)] + ofReceptors
    }

    package init(receptors: Receptors? = Receptors()) { self.receptors = receptors }

    /// What an input acts on, by name.
    var inputs: [(name: String, jump: Network.Jump)] {
        [("current", .current), ("voltage", .voltage), ("drive", .drive)] + ofReceptors
    }

    private var ofReceptors: [(name: String, jump: Network.Jump)] {
        names.enumerated().map { ($1, .receptor(UInt8($0))) }
    }
}

extension StudyFileValue {
    private static var example: String {
        "{exc: {exponential: 2}, inh: {alpha: 3}, slow: {rise: 2, decay: 100}}"
    }

    /// Those that every neuron has.
    func receptors() -> StudyFileReceptors? {
        guard let mapping = receptorMapping() else { return nil }
        guard mapping.count <= Receptors.most else {
            report(
                "has \(mapping.count) receptors, but a neuron has room for \(Receptors.most)",
                remedy: "give synapses of about the same time course one receptor")
            return nil
        }
        var found = StudyFileReceptors()
        var receptors: [Receptor?] = []
        for (key, value) in mapping {
            guard let name = ownName(key, of: "receptor", reserved: StudyFileReceptors.reserved) else {
                receptors.append(nil)
                continue
            }
            found.names.append(name)
            receptors.append(
                StudyFileValue(node: value, keyPath: "\(keyPath).\(name)", problems: problems).receptor())
        }
        found.receptors =
            receptors.contains { $0 == nil } ? nil : Receptors(receptors.compactMap { $0 })
        return found
    }

    /// A population's own in place of some of those.
    func receptors(in common: StudyFileReceptors) -> Receptors? {
        // Where one of those was reported, so was what a name may mean.
        guard let place = common.receptors, let mapping = receptorMapping() else { return nil }
        let names = common.names
        var receptors = Array(place)
        var isRead = true
        for (key, value) in mapping {
            guard let k = names.firstIndex(of: key.string ?? "") else {
                let help =
                    names.isEmpty
                    ? "the problem has no receptors" : "the problem has \(names.joined(separator: ", "))"
                problems.add(
                    key.mark, keyPath, "unknown receptor \"\(key.string ?? "")\"",
                    NearestName.remedy(for: key.string ?? "", among: names, otherwise: help))
                isRead = false
                continue
            }
            let own = StudyFileValue(node: value, keyPath: "\(keyPath).\(names[k])", problems: problems)
            guard let receptor = own.receptor() else {
                isRead = false
                continue
            }
            receptors[k] = receptor
        }
        return isRead ? Receptors(receptors) : nil
    }

    private func receptorMapping() -> Node.Mapping? {
        guard case .mapping(let mapping) = node, !mapping.isEmpty else {
            report(
                "is \(description) where a mapping of receptors is wanted",
                remedy: "write it like \(Self.example)")
            return nil
        }
        return mapping
    }

    private func receptor() -> Receptor? {
        let shapes = "{exponential: 5}, {alpha: 2} or {rise: 0.5, decay: 5}, in ms"
        guard
            let keys = mapping(keys: ["exponential", "alpha", "rise", "decay"], example: "{exponential: 5}")
        else { return nil }
        let given = ["exponential", "alpha", "rise", "decay"].filter { keys[$0] != nil }
        // What is misspelt has been reported.
        if given.isEmpty, let written = node.mapping, !written.isEmpty { return nil }
        guard [["exponential"], ["alpha"], ["rise", "decay"]].contains(given) else {
            report(
                given.isEmpty ? "says no time course" : "has \(given.joined(separator: " and ")) together",
                remedy: "write one of \(shapes)")
            return nil
        }
        let times = given.map { keys[$0]!.synapticTime() }
        guard let first = times[0], let last = times[times.count - 1] else { return nil }
        switch given[0] {
        case "exponential": return Receptor(.exponential(decay: first))
        case "alpha": return Receptor(.alpha(time: first))
        default: return Receptor(.twoExponentials(rise: first, decay: last))
        }
    }

    private func synapticTime() -> Double? {
        let time = number(.timeConstant, remedy: "give a time constant in ms, for example 5")
        if let time { _ = warnOfTimeConstant(time) }
        return time
    }

    /// - Parameters:
    ///   - jumps: What there is to act on, by name.
    ///   - receptors: Where one was reported, so was what a name may mean.
    func jump(
        _ kind: String, among jumps: KeyPath<StudyFileReceptors, [(name: String, jump: Network.Jump)]>,
        of receptors: StudyFileReceptors
    ) -> Network.Jump? {
        let jumps = receptors[keyPath: jumps]
        let names = jumps.map(\.name)
        if receptors.receptors == nil, let written = node.string, !names.contains(written) { return nil }
        return name(kind, among: names, help: "one of \(names.joined(separator: ", "))").flatMap { name in
            jumps.first { $0.name == name }?.jump
        }
    }
}
