/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.pipeline;

import io.activedataflow.flink.connector.amps.AmpsCredentialsProvider;
import io.activedataflow.flink.connector.redis.RedisStreamsCredentialsProvider;

import java.util.Optional;
import java.util.Set;

/**
 * Where the processes of the cluster find what to log in with. The arguments of a job are seen by
 * everybody who sees the web UI; so they name a variable or a file, and never hold a password.
 */
sealed interface Login {

    /** What the names of the arguments end with. */
    Set<String> ARGUMENTS =
            Set.of("-user-variable", "-password-variable", "-user", "-password-file");

    /** Without any. */
    record None() implements Login {}

    /** In the environment of the processes. */
    record Variables(String user, String password) implements Login {}

    /** The password in a file. */
    record PasswordFile(String user, String path) implements Login {}

    /**
     * Reads the arguments whose names begin with this.
     *
     * @param server for example {@code redis}
     */
    static Login parse(PipelineArguments arguments, String server) {
        Optional<String> variable = arguments.text(server + "-password-variable");
        Optional<String> file = arguments.text(server + "-password-file");
        if (variable.isPresent() && file.isPresent()) {
            throw new IllegalArgumentException(
                    "The password of '"
                            + server
                            + "' is in a variable and in a file. Leave '--"
                            + server
                            + "-password-variable' or '--"
                            + server
                            + "-password-file' out.");
        }
        if (variable.isPresent()) {
            return new Variables(
                    arguments.text(server + "-user-variable").orElse(null), variable.get());
        }
        if (file.isPresent()) {
            return new PasswordFile(arguments.text(server + "-user").orElse(null), file.get());
        }
        return new None();
    }

    default Optional<RedisStreamsCredentialsProvider> forRedis() {
        if (this instanceof Variables variables) {
            return Optional.of(
                    RedisStreamsCredentialsProvider.fromEnvironment(
                            variables.user(), variables.password()));
        }
        if (this instanceof PasswordFile file) {
            return Optional.of(RedisStreamsCredentialsProvider.fromFile(file.user(), file.path()));
        }
        return Optional.empty();
    }

    default Optional<AmpsCredentialsProvider> forAmps() {
        if (this instanceof Variables variables) {
            return Optional.of(
                    AmpsCredentialsProvider.fromEnvironment(
                            variables.user(), variables.password()));
        }
        if (this instanceof PasswordFile file) {
            return Optional.of(AmpsCredentialsProvider.fromFile(file.user(), file.path()));
        }
        return Optional.empty();
    }
}
