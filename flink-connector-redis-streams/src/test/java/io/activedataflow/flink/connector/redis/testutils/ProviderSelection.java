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

package io.activedataflow.flink.connector.redis.testutils;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides which provider serves the tests.
 *
 * @param dockerAnswers asked only when a container is considered, for the answer may take seconds
 */
record ProviderSelection(
        Map<String, String> properties,
        Map<String, String> environment,
        BooleanSupplier dockerAnswers) {

    /** Image whose server is newer than those which run as processes. */
    static final String DEFAULT_IMAGE = "redis:7.4-alpine";

    static Map<String, String> systemProperties() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().forEach((name, value) -> properties.put("" + name, "" + value));
        return properties;
    }

    RedisServerProvider select() {
        String wanted = properties.getOrDefault(RedisServerProvider.PROVIDER_PROPERTY, "auto");
        return switch (wanted) {
            case "auto" ->
                    uri().<RedisServerProvider>map(ExternalRedisServerProvider::new)
                            .orElseGet(this::processOrContainer);
            case "process" -> new ProcessRedisServerProvider(RedisServerBinary.newest());
            case "container" -> container();
            case "external" ->
                    new ExternalRedisServerProvider(uri().orElseThrow(ProviderSelection::noUri));
            default ->
                    throw new IllegalStateException(
                            "-D"
                                    + RedisServerProvider.PROVIDER_PROPERTY
                                    + '='
                                    + wanted
                                    + " is none of auto, process, container and external.");
        };
    }

    private RedisServerProvider processOrContainer() {
        try {
            return new ProcessRedisServerProvider(RedisServerBinary.newest());
        } catch (IllegalStateException | LinkageError noProcess) {
            if (dockerAnswers.getAsBoolean()) {
                return container();
            }
            throw noProcess;
        }
    }

    private RedisServerProvider container() {
        if (!dockerAnswers.getAsBoolean()) {
            throw new IllegalStateException(
                    "No Docker engine answers, which the container provider of Redis servers"
                            + " needs. Start one, or leave out -D"
                            + RedisServerProvider.PROVIDER_PROPERTY
                            + '.');
        }
        return new ContainerRedisServerProvider(
                properties.getOrDefault(RedisServerProvider.IMAGE_PROPERTY, DEFAULT_IMAGE));
    }

    private Optional<URI> uri() {
        return Optional.ofNullable(properties.get(RedisServerProvider.URI_PROPERTY))
                .or(() -> Optional.ofNullable(environment.get(RedisServerProvider.URI_VARIABLE)))
                .filter(text -> !text.isBlank())
                .map(URI::create);
    }

    private static IllegalStateException noUri() {
        return new IllegalStateException(
                "The external provider of Redis servers needs an address. Set -D"
                        + RedisServerProvider.URI_PROPERTY
                        + "=redis://host:port or the environment variable "
                        + RedisServerProvider.URI_VARIABLE
                        + '.');
    }

    /** Names no values: the address may hold a password. */
    @Override
    public String toString() {
        return "ProviderSelection";
    }
}
