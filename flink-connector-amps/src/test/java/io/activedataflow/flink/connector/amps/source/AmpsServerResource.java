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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;

import org.apache.flink.connector.testframe.TestResource;

/**
 * The server that Flink's test suite runs against: a stand-in, or the real one that the system
 * property {@value #URI} names, such as {@code tcp://amps1.example.com:9007/amps/json}. Its
 * transaction log has to take topics whose names begin with {@value #TOPIC_PREFIX}.
 */
final class AmpsServerResource implements TestResource {

    static final String TOPIC_PREFIX = "flink-suite-";

    private static final String URI = "amps.uri";

    private AmpsStandIn standIn;

    @Override
    public void startUp() {
        if (System.getProperty(URI) == null) {
            standIn = AmpsStandIn.builder().start();
        }
    }

    @Override
    public void tearDown() {
        if (standIn != null) {
            standIn.close();
        }
    }

    String uri() {
        return standIn == null ? System.getProperty(URI) : standIn.uri("json");
    }
}
