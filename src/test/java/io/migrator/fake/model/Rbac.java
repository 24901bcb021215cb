package io.migrator.fake.model;

import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Users, roles and what they may do. A new server has the user root and the roles admin and public. */
public final class Rbac {
    public static final String ROOT = "root";
    public static final String ADMIN = "admin";
    public static final String PUBLIC = "public";
    private static final String ROOT_PASSWORD = "Milvus";

    /** @param passwordHash stands for the bcrypt hash of a real server */
    public record User(String name, String passwordHash, Set<String> roles) {}

    private final Map<String, User> users = new ConcurrentSkipListMap<>();
    private final Set<String> roles = new ConcurrentSkipListSet<>(Set.of(ADMIN, PUBLIC));
    private final Set<GrantEntity> grants = ConcurrentHashMap.newKeySet();
    private final Map<String, PrivilegeGroupInfo> groups = new ConcurrentSkipListMap<>();

    Rbac() {
        addUser(ROOT, hash(ROOT_PASSWORD));
    }

    public Collection<User> users() {
        return users.values();
    }

    public Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    public boolean knows(String name, String password) {
        return user(name)
                .filter(user -> user.passwordHash().equals(hash(password)))
                .isPresent();
    }

    /** Adds the user, or changes the password of one who is there. */
    public void addUser(String name, String passwordHash) {
        Set<String> held = user(name).map(User::roles).orElseGet(ConcurrentSkipListSet::new);
        users.put(name, new User(name, passwordHash, held));
    }

    public void removeUser(String name) {
        users.remove(name);
    }

    /** Also those that every server has. */
    public Set<String> roles() {
        return roles;
    }

    public Set<GrantEntity> grants() {
        return grants;
    }

    public Map<String, PrivilegeGroupInfo> groups() {
        return groups;
    }

    /** Whether the user may do everything. */
    public boolean administers(String name) {
        return name.equals(ROOT)
                || user(name).filter(user -> user.roles().contains(ADMIN)).isPresent();
    }

    /** Whether a role of the user has the privilege, on whatever object. */
    public boolean granted(String name, String privilege) {
        Set<String> held = user(name).map(User::roles).orElse(Set.of());
        return grants.stream()
                .filter(grant -> held.contains(grant.getRole().getName()))
                .map(grant -> grant.getGrantor().getPrivilege().getName())
                .anyMatch(granted -> granted.equals(privilege) || granted.equals("*"));
    }

    public static String hash(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            return "$2a$10$" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
