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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * A message as the client delivers it: views of the client's own buffers, re-used for the next
 * message and valid during the call only. Client thread.
 */
@Internal
public interface AmpsDelivery {

    AmpsCommand command();

    /** Never absent; may be empty. */
    ByteSlice body();

    ByteSlice topic();

    /** {@code <publisher>|<sequence>|}; absent where the topic is not logged. */
    ByteSlice bookmark();

    /** The server's time, such as {@code 20260102T030405.678901Z}; absent unless asked for. */
    ByteSlice timestamp();

    ByteSlice sowKey();

    ByteSlice correlationId();

    /** The publisher's user, where the server tells it. */
    ByteSlice userId();

    /** Until when a message of a queue is this subscription's; absent elsewhere. */
    ByteSlice leasePeriod();

    /** Why a record is out of focus; null unless that is what this message says. */
    @Nullable
    AmpsOutOfFocusReason outOfFocusReason();
}
