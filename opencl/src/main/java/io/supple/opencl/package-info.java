// SPDX-License-Identifier: Apache-2.0
/**
 * Batches of rows on OpenCL devices. {@link io.supple.opencl.OpenClProvider} is found by {@link io.supple.device.Devices};
 * nothing else need be named. The kernels are text in resources, in the common subset of OpenCL C and CUDA C++.
 */
package io.supple.opencl;
