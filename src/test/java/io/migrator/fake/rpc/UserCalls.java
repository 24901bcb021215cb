package io.migrator.fake.rpc;

import io.migrator.fake.model.Rbac;
import io.migrator.fake.model.Refusal;
import io.milvus.grpc.CreateCredentialRequest;
import io.milvus.grpc.CreateRoleRequest;
import io.milvus.grpc.DropRoleRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.ListCredUsersResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.OperateUserRoleType;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.RoleResult;
import io.milvus.grpc.SelectRoleRequest;
import io.milvus.grpc.SelectRoleResponse;
import io.milvus.grpc.SelectUserRequest;
import io.milvus.grpc.SelectUserResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpdateCredentialRequest;
import io.milvus.grpc.UserEntity;
import io.milvus.grpc.UserResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Users and roles. */
@SuppressWarnings("deprecation") // the old code of a status
final class UserCalls implements Calls {
    private static final Set<String> FIXED_ROLES = Set.of(Rbac.ADMIN, Rbac.PUBLIC);

    private final Rbac rbac;

    UserCalls(Rbac rbac) {
        this.rbac = rbac;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getCreateCredentialMethod(), (caller, request) -> create(request));
        rpcs.on(MilvusServiceGrpc.getUpdateCredentialMethod(), (caller, request) -> update(request));
        rpcs.on(MilvusServiceGrpc.getDeleteCredentialMethod(), (caller, request) -> {
            if (request.getUsername().equals(Rbac.ROOT)) {
                throw Refusal.invalid("user root cannot be deleted");
            }
            rbac.removeUser(request.getUsername());
            return Answers.OK;
        });
        rpcs.on(MilvusServiceGrpc.getListCredUsersMethod(), (caller, request) -> ListCredUsersResponse.newBuilder()
                .setStatus(Answers.OK)
                .addAllUsernames(rbac.users().stream().map(Rbac.User::name).toList())
                .build());
        rpcs.on(MilvusServiceGrpc.getSelectUserMethod(), (caller, request) -> selectUsers(request));
        rpcs.on(MilvusServiceGrpc.getCreateRoleMethod(), (caller, request) -> createRole(request));
        rpcs.on(MilvusServiceGrpc.getDropRoleMethod(), (caller, request) -> dropRole(request));
        rpcs.on(MilvusServiceGrpc.getSelectRoleMethod(), (caller, request) -> selectRoles(request));
        rpcs.on(MilvusServiceGrpc.getOperateUserRoleMethod(), (caller, request) -> operate(request));
    }

    private Status create(CreateCredentialRequest request) {
        if (rbac.user(request.getUsername()).isPresent()) {
            throw new Refusal(
                    65535, ErrorCode.CreateCredentialFailure, "user already exists: " + request.getUsername());
        }
        rbac.addUser(request.getUsername(), Rbac.hash(decoded(request.getPassword())));
        return Answers.OK;
    }

    private Status update(UpdateCredentialRequest request) {
        if (!rbac.knows(request.getUsername(), decoded(request.getOldPassword()))) {
            throw new Refusal(
                    1400,
                    ErrorCode.UpdateCredentialFailure,
                    "old password not correct for " + request.getUsername() + ": not authenticated");
        }
        rbac.addUser(request.getUsername(), Rbac.hash(decoded(request.getNewPassword())));
        return Answers.OK;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(65535, ErrorCode.CreateCredentialFailure, "decode password failed");
        }
    }

    private Status createRole(CreateRoleRequest request) {
        String role = request.getEntity().getName();
        FieldRules.name("role name", role, 255);
        if (!rbac.roles().add(role)) {
            throw new Refusal(
                    65535,
                    ErrorCode.CreateRoleFailure,
                    "role [name:\"" + role + "\"] already exists: fail to create role");
        }
        return Answers.OK;
    }

    private Status dropRole(DropRoleRequest request) {
        if (FIXED_ROLES.contains(request.getRoleName())) {
            throw Refusal.invalid("the role[" + request.getRoleName() + "] is a default role, which can't be dropped");
        }
        if (!rbac.roles().remove(request.getRoleName())) {
            throw new Refusal(
                    65535,
                    ErrorCode.DropRoleFailure,
                    "not found the role, maybe the role isn't existed or internal system error");
        }
        rbac.users().forEach(user -> user.roles().remove(request.getRoleName()));
        return Answers.OK;
    }

    private Status operate(OperateUserRoleRequest request) {
        Rbac.User user = rbac.user(request.getUsername())
                .orElseThrow(() -> new Refusal(
                        65535,
                        ErrorCode.OperateUserRoleFailure,
                        "not found the user, maybe the user isn't existed or internal system error"));
        if (!rbac.roles().contains(request.getRoleName())) {
            throw new Refusal(
                    65535,
                    ErrorCode.OperateUserRoleFailure,
                    "not found the role, maybe the role isn't existed or internal system error");
        }
        if (request.getType() == OperateUserRoleType.AddUserToRole) {
            user.roles().add(request.getRoleName());
        } else {
            user.roles().remove(request.getRoleName());
        }
        return Answers.OK;
    }

    private SelectUserResponse selectUsers(SelectUserRequest request) {
        SelectUserResponse.Builder answer = SelectUserResponse.newBuilder().setStatus(Answers.OK);
        for (Rbac.User user : rbac.users()) {
            if (request.hasUser() && !request.getUser().getName().equals(user.name())) {
                continue;
            }
            UserResult.Builder result =
                    UserResult.newBuilder().setUser(UserEntity.newBuilder().setName(user.name()));
            if (request.getIncludeRoleInfo()) {
                user.roles()
                        .forEach(role -> result.addRoles(RoleEntity.newBuilder().setName(role)));
            }
            answer.addResults(result);
        }
        return answer.build();
    }

    private SelectRoleResponse selectRoles(SelectRoleRequest request) {
        SelectRoleResponse.Builder answer = SelectRoleResponse.newBuilder().setStatus(Answers.OK);
        for (String role : rbac.roles()) {
            if (request.hasRole() && !request.getRole().getName().equals(role)) {
                continue;
            }
            RoleResult.Builder result =
                    RoleResult.newBuilder().setRole(RoleEntity.newBuilder().setName(role));
            if (request.getIncludeUserInfo()) {
                rbac.users().stream()
                        .filter(user -> user.roles().contains(role))
                        .forEach(user -> result.addUsers(UserEntity.newBuilder().setName(user.name())));
            }
            answer.addResults(result);
        }
        return answer.build();
    }
}
