package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;

/**
 * Users, roles, grants and privilege groups of a Milvus, as milvus-backup 0.5.16 keeps them under {@code rbac_meta}.
 *
 * @param privilegeGroups since milvus-backup 0.5.4
 */
public record RbacInfo(
        @JsonProperty("users") List<User> users,
        @JsonProperty("roles") List<Named> roles,
        @JsonProperty("grants") List<Grant> grants,
        @JsonProperty("privilege_groups") List<PrivilegeGroup> privilegeGroups) {
    public RbacInfo {
        users = Copies.of(users);
        roles = Copies.of(roles);
        grants = Copies.of(grants);
        privilegeGroups = Copies.of(privilegeGroups);
    }

    /** A thing that is nothing but its name. */
    public record Named(@JsonProperty("name") String name) {
        public Named {
            name = Copies.of(name);
        }
    }

    /**
     * A user with the roles it has.
     *
     * @param password as Milvus gives it: encrypted, and taken back by a restore as it is
     */
    public record User(
            @JsonProperty("user") String name,
            @JsonProperty("password") String password,
            @JsonProperty("roles") List<Named> roles) {
        public User {
            name = Copies.of(name);
            password = Copies.of(password);
            roles = Copies.of(roles);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "User[" + name + ", " + roles + "]";
        }
    }

    /** A privilege on objects, given to a role. */
    public record Grant(
            @JsonProperty("role") Named role,
            @JsonProperty("object") Named object,
            @JsonProperty("object_name") String objectName,
            @JsonProperty("grantor") Grantor grantor,
            @JsonProperty("db_name") String database) {
        public Grant {
            objectName = Copies.of(objectName);
            database = Copies.of(database);
        }
    }

    /** Who gave which privilege. */
    public record Grantor(@JsonProperty("user") Named user, @JsonProperty("privilege") Named privilege) {}

    /** Privileges under one name. */
    public record PrivilegeGroup(
            @JsonProperty("group_name") String name, @JsonProperty("privileges") List<Named> privileges) {
        public PrivilegeGroup {
            name = Copies.of(name);
            privileges = Copies.of(privileges);
        }
    }
}
