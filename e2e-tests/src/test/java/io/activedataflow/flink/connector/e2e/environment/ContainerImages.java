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

package io.activedataflow.flink.connector.e2e.environment;

import org.apache.flink.runtime.util.EnvironmentInformation;

import java.util.Map;

/**
 * The images that containers are made of.
 *
 * @param flink Flink itself; its start scripts run ZooKeeper, too
 * @param redis Redis or Valkey
 * @param java what the stand-in for AMPS runs on
 */
record ContainerImages(String flink, String redis, String java) {

    static final String FLINK_PROPERTY = "e2e.image.flink";
    static final String REDIS_PROPERTY = "e2e.image.redis";
    static final String JAVA_PROPERTY = "e2e.image.java";

    private static final String REDIS = "redis:7.4";
    private static final String VALKEY = "valkey/valkey:8.1";
    private static final String JAVA = "eclipse-temurin:17-jre";

    /**
     * The official images, of the version of Flink that is tested.
     *
     * @param properties may name others; {@code valkey} is the official image of Valkey
     */
    static ContainerImages from(Map<String, String> properties) {
        String redis = properties.getOrDefault(REDIS_PROPERTY, REDIS);
        return new ContainerImages(
                properties.getOrDefault(
                        FLINK_PROPERTY, "flink:" + EnvironmentInformation.getVersion() + "-java17"),
                redis.equals("valkey") ? VALKEY : redis,
                properties.getOrDefault(JAVA_PROPERTY, JAVA));
    }

    /** What the program is called in the image. */
    String redisProgram() {
        return redis.contains("valkey") ? "valkey-server" : "redis-server";
    }
}
