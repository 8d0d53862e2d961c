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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.util.List;

/** Makes connections to the servers of one source. Its text names the servers. */
@Internal
public interface AmpsConnectionFactory extends Serializable {

    /** The failover list, at least one. */
    List<AmpsServerUri> servers();

    /**
     * A connection that is not open yet.
     *
     * @param clientName unique among all clients of all instances that replicate with each other:
     *     the server cuts the older of two connections of one name
     */
    AmpsConnection create(AmpsServerUri server, String clientName);
}
