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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Supplies user and password where they are used, on the machine that connects, so that they need
 * not be known where the job is built. Asked whenever a connection is opened, so that rotated
 * credentials take effect with the next connection.
 *
 * <p>May be called by several threads at once and should return within milliseconds. Its text is
 * printed with the options and must not contain the secret.
 */
@PublicEvolving
@FunctionalInterface
public interface AmpsCredentialsProvider extends Serializable {

    /**
     * The credentials as they are now.
     *
     * @throws Exception if they cannot be had; the attempt to connect counts as failed and is
     *     repeated
     */
    AmpsCredentials get() throws Exception;

    /** Always these. They become part of the serialized job. */
    static AmpsCredentialsProvider fixed(AmpsCredentials credentials) {
        Objects.requireNonNull(credentials, "credentials");
        return new Fixed(credentials);
    }

    /**
     * The values of two environment variables of the process that connects.
     *
     * @param userVariable the name of the variable that holds the user, or null to log on without a
     *     name
     * @param passwordVariable the name of the variable that holds the password
     */
    static AmpsCredentialsProvider fromEnvironment(
            @Nullable String userVariable, String passwordVariable) {
        Objects.requireNonNull(passwordVariable, "passwordVariable");
        return new FromEnvironment(userVariable, passwordVariable);
    }

    /**
     * The password in a file on the machine that connects, for example a mounted secret; read anew
     * each time. A line break at its end does not count.
     *
     * @param user the user, or null to log on without a name
     * @param path the file
     */
    static AmpsCredentialsProvider fromFile(@Nullable String user, String path) {
        Objects.requireNonNull(path, "path");
        return new FromFile(user, path);
    }

    /** See {@link #fixed}. */
    record Fixed(AmpsCredentials credentials) implements AmpsCredentialsProvider {
        @Override
        public AmpsCredentials get() {
            return credentials;
        }
    }

    /** See {@link #fromEnvironment}. */
    record FromEnvironment(@Nullable String userVariable, String passwordVariable)
            implements AmpsCredentialsProvider {
        @Override
        public AmpsCredentials get() {
            return new AmpsCredentials(
                    userVariable == null ? null : require(userVariable), require(passwordVariable));
        }

        private static String require(String variable) {
            String value = System.getenv(variable);
            if (value == null) {
                throw new IllegalStateException(
                        "The environment variable '"
                                + variable
                                + "', which holds AMPS credentials, is not set in the process of"
                                + " the task manager or job manager. Set it there, for example with"
                                + " 'containerized.taskmanager.env."
                                + variable
                                + "'.");
            }
            return value;
        }
    }

    /** See {@link #fromFile}. */
    record FromFile(@Nullable String user, String path) implements AmpsCredentialsProvider {
        @Override
        public AmpsCredentials get() throws IOException {
            return new AmpsCredentials(
                    user, Files.readString(Path.of(path)).replaceFirst("\\R\\z", ""));
        }
    }
}
