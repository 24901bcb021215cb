package io.migrator.restore.collections;

import io.migrator.format.meta.RbacInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a target lacks of a backup's users, roles, grants and privilege groups. Passwords and members of what is there
 * stay as they are, but a user gets the roles it had.
 *
 * @param missing things of which the target has none
 * @param missingRoles roles that users of the target do not have
 */
record RbacDifference(RbacInfo missing, Map<String, List<String>> missingRoles) {
    static final RbacInfo NOTHING = new RbacInfo(List.of(), List.of(), List.of(), List.of());

    static RbacDifference none() {
        return new RbacDifference(NOTHING, Map.of());
    }

    static RbacDifference between(RbacInfo wanted, RbacInfo there) {
        Map<String, RbacInfo.User> users = there.users().stream()
                .collect(Collectors.toMap(RbacInfo.User::name, Function.identity(), (one, other) -> one));
        Set<RbacInfo.Named> roles = new HashSet<>(there.roles());
        Set<RbacInfo.Grant> grants = new HashSet<>(there.grants());
        Set<String> groups = there.privilegeGroups().stream()
                .map(RbacInfo.PrivilegeGroup::name)
                .collect(Collectors.toSet());
        Map<String, List<String>> missingRoles = new TreeMap<>();
        for (RbacInfo.User user : wanted.users()) {
            RbacInfo.User same = users.get(user.name());
            List<String> lacking = same == null
                    ? List.of()
                    : user.roles().stream()
                            .filter(role -> !same.roles().contains(role))
                            .map(RbacInfo.Named::name)
                            .toList();
            if (!lacking.isEmpty()) {
                missingRoles.put(user.name(), lacking);
            }
        }
        return new RbacDifference(
                new RbacInfo(
                        wanted.users().stream()
                                .filter(user -> !users.containsKey(user.name()))
                                .toList(),
                        wanted.roles().stream()
                                .filter(role -> !roles.contains(role))
                                .toList(),
                        wanted.grants().stream()
                                .filter(grant -> !grants.contains(grant))
                                .toList(),
                        wanted.privilegeGroups().stream()
                                .filter(group -> !groups.contains(group.name()))
                                .toList()),
                missingRoles);
    }

    /** What is missing: kind, name, detail. */
    List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        missing.roles().forEach(role -> lines.add(List.of("role", role.name(), "")));
        missing.privilegeGroups()
                .forEach(group -> lines.add(List.of(
                        "privilege group",
                        group.name(),
                        group.privileges().stream().map(RbacInfo.Named::name).collect(Collectors.joining(", ")))));
        missing.users()
                .forEach(user -> lines.add(List.of(
                        "user",
                        user.name(),
                        user.roles().stream().map(RbacInfo.Named::name).collect(Collectors.joining(", ")))));
        missingRoles.forEach((user, roles) -> lines.add(List.of("role of user", user, String.join(", ", roles))));
        missing.grants()
                .forEach(grant -> lines.add(List.of(
                        "grant",
                        grant.role().name(),
                        "%s on %s %s in %s"
                                .formatted(
                                        grant.grantor().privilege().name(),
                                        grant.object().name(),
                                        grant.objectName(),
                                        grant.database()))));
        return lines;
    }
}
